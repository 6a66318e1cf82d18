using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Bench.Pages;

/// <summary>Who and what is in the measured portal.</summary>
internal sealed record SeededPortal(IReadOnlyList<Client> Clients, IReadOnlyList<IReadOnlyList<Contact>> Contacts, StaffMember Engineer)
{
    /// <summary>Neighbouring numbers are people of different clients.</summary>
    public (Client Client, Contact Contact) Person(int number) => (Clients[number % Clients.Count], Contacts[number % Clients.Count][number / Clients.Count % BenchTickets.ContactsPerClient]);
}

/// <summary>Fills the portal through its own use cases, so that every row, trigger and clock is as in daily work.</summary>
internal sealed class PortalSeed(PortalProcess portal, int clients, int tickets)
{
    public async Task<SeededPortal> RunAsync(string owner, CancellationToken cancel)
    {
        await Migrator.RunAsync(owner, cancel);
        await using var app = portal.Build();
        await Web.PortalApp.PrepareAsync(app, cancel);
        var services = app.Services;
        var engineer = await PortalPeople.HireAsync(services, cancel);
        await PortalPeople.ImportLibraryAsync(services, cancel);
        var companies = Enumerable.Range(0, clients).Select(number => PortalPeople.Company(number, "it-basics")).ToList();
        var contacts = new List<IReadOnlyList<Contact>>();
        foreach (var company in companies)
        {
            await services.GetRequiredService<ClientDirectory>().AddAsync(company, cancel);
            contacts.Add(await PortalPeople.ContactsAsync(services, company, cancel));
            await PortalPeople.PublishAsync(services, company, cancel);
        }
        var seeded = new SeededPortal(companies, contacts, engineer);
        // one worker a client at a time: a client's counter is a row that writers wait for
        await Parallel.ForEachAsync(new BenchTickets(clients, tickets).All().GroupBy(t => t.Client), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel },
            async (ofClient, stop) => { foreach (var ticket in ofClient) await OpenAsync(services, seeded, ticket, stop); });
        // what the events would have sent is long sent
        await Cluster.SqlAsync(owner, "update job set done_at = now()", "vacuum analyze");
        return seeded;
    }

    private static async Task OpenAsync(IServiceProvider services, SeededPortal seeded, BenchTicket ticket, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(seeded.Clients[ticket.Client].Id);
        var contact = seeded.Contacts[ticket.Client][ticket.Contact];
        var by = new Actor(ActorKind.Contact, contact.Id.Value, contact.Name);
        var opened = await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(new()
        {
            Report = new() { Subject = BenchTicket.SubjectOf(ticket.Text), Text = ticket.Text, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = "My computer", Sensitivity = Sensitivity.None },
            ContactId = contact.Id, SubmissionKey = Guid.CreateVersion7(), By = by, At = TimeProvider.System.GetUtcNow().AddHours(-ticket.HoursAgo),
        }, cancel) ?? throw new InvalidOperationException("A seeded contact is unknown.");
        var staff = new Actor(ActorKind.Staff, seeded.Engineer.Id.Value, seeded.Engineer.FirstName);
        for (var i = 0; i < ticket.Replies.Count; i++)
        {
            var (text, ofStaff) = (ticket.Replies[i], i % 2 == 0);
            var refusal = await scope.ServiceProvider.GetRequiredService<ChangeTicket>().RunAsync(opened.Ticket.Id,
                (t, now) => ofStaff ? t.StaffReplies(text, false, Channel.Portal, staff, now) : t.ContactReplies(text, Channel.Portal, by, now, out _), cancel);
            if (refusal is not null) throw new InvalidOperationException(refusal.ToString());
        }
    }
}
