using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tickets;

/// <summary>Acorn as a shop with a till, a contract from nine to half past five, and the short ways in which tests send reports.</summary>
internal static class Desk
{
    public const string Quote = "4.2 Where the tills are unavailable or slow the Supplier shall respond within one hour.";

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task FurnishAsync(Portal portal)
    {
        var client = portal.World.Acorn.Id;
        await portal.AsAsync(client, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            if (await db.TriageRules.AnyAsync(Cancel)) return;
            var contract = new Contract
            {
                TenantId = client, Name = "Gold", Tier = "Gold", StartsOn = new(2020, 1, 1),
                Hours = new("Europe/London", new Dictionary<string, IReadOnlyList<string>> { ["mon"] = ["09:00-17:30"], ["tue"] = ["09:00-17:30"], ["wed"] = ["09:00-17:30"], ["thu"] = ["09:00-17:30"], ["fri"] = ["09:00-17:30"] }, []),
                Targets = [new(Priority.P1, 60, 480, CalendarChoice.Always), new(Priority.P2, 120, 720, CalendarChoice.Always), new(Priority.P3, 240, 960, CalendarChoice.Client), new(Priority.P4, 480, 2400, CalendarChoice.Client)],
            };
            db.Add(contract);
            db.Add(new NamedSystem { TenantId = client, ExternalRef = "pos", Name = "Point of sale", Everyday = ["till", "tills", "POS", "counter"], IsCritical = true });
            db.Add(new TriageRuleSet { TenantId = client, CreatedAt = DateTimeOffset.UnixEpoch, Rules = Rules });
            await db.SaveChangesAsync(Cancel);
            db.Add(new Clause { TenantId = client, ContractId = contract.Id, Title = "Till outage", System = "Point of sale", When = ["down", "slow"], Priority = Priority.P1, FirstReplyMinutes = 30, ResolutionMinutes = 240, Calendar = CalendarChoice.Always, Path = "sam", Quote = Quote, Page = "7" });
            await db.SaveChangesAsync(Cancel);
        });
    }

    private static TriageRules Rules => new()
    {
        CategoriesVersion = "1", MatrixVersion = "1", UrgentWords = ["hacked", "nobody can"], MildWords = ["training", "video", "question"], RiskTags = [new(RiskTags.Security, ["hacked", "phishing"])],
        Categories =
        [
            new("printing/printer", "Printers", "service-desk", "Printing", ["paper jam"], ["printer", "toner"], [], [EnvironmentField.Device, EnvironmentField.Error]),
            new("pos/till", "Tills", "retail-systems", "Tills", ["tills hanging"], ["till", "pos"], ["training video"], [EnvironmentField.Device]),
        ],
        Matrix = [.. Enum.GetValues<Impact>().SelectMany(i => Enum.GetValues<Urgency>().Select(u => new MatrixCell(i, u, i == Impact.Team && u == Urgency.Stopped ? Priority.P2 : u == Urgency.Question ? Priority.P4 : Priority.P3)))],
    };

    public static NewTicket Report(World.Twin twin, string subject, string text = "It happens every time.") => new()
    {
        Report = new() { Subject = subject, Text = text, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = "Printer", Sensitivity = Sensitivity.None },
        ContactId = twin.Employee.Id, SubmissionKey = Guid.NewGuid(), By = Eve(twin),
    };

    public static Actor Eve(World.Twin twin) => new(ActorKind.Contact, twin.Employee.Id.Value, twin.Employee.Name);

    public static Actor Of(StaffMember staff) => new(ActorKind.Staff, staff.Id.Value, staff.FirstName);

    public static async Task<Ticket> SendAsync(this Portal portal, TenantId client, NewTicket input) =>
        (await portal.AsAsync(client, s => s.GetRequiredService<OpenTicket>().RunAsync(input, Cancel)))!.Ticket;

    public static Task<Refusal?> ChangeAsync(this Portal portal, Ticket ticket, Func<Ticket, DateTimeOffset, Refusal?> verb) =>
        portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<ChangeTicket>().RunAsync(ticket.Id, verb, Cancel));

    /// <summary>Somebody answers for the words, so that they leave a guarded ticket too.</summary>
    public static Leave Agreed { get; } = new(Guid.Empty, "", "Sam", null);

    public static Task<Ticket> ReadAsync(this Portal portal, Ticket ticket) => portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking()
        .Include(t => t.Targets).Include(t => t.Facts).Include(t => t.Events.OrderBy(e => e.Id)).Include(t => t.Messages).AsSplitQuery().SingleAsync(t => t.Id == ticket.Id, Cancel));
}
