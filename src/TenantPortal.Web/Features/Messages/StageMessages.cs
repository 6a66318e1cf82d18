using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Messages;

/// <summary>Tells the ticket's contact and whoever was added to it, and nobody else, each stage once: received, what was tried, who works on it, replied, solved, open again.
/// Of a guarded ticket it carries no free words of staff but those of a reply that somebody answers for.</summary>
public sealed class StageMessages(PortalDb db, PageReads reads, MailQueue mail, ClientDirectory clients, StaffDirectory staff, ExpectedWindow window, TimeProvider time) : IEventListener
{
    /// <summary>What is older was brought in from elsewhere, or came back after a long standstill: nobody is written to about it.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(1);
    private const int SubjectLength = 60, ReplyLength = 1500;

    private sealed record Stage(string Name, string Occurrence, params (string Key, string Value)[] Values)
    {
        /// <summary>Below the request's own page.</summary>
        public string Page { get; init; } = "";
    }

    public async Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var news = events.Where(e => e.At > now - News).ToList();
        // a stranger's words are nobody's news
        if (news.Count == 0 || ticket.IsUnverified) return;
        var recipients = reads.AddRecipient(ticket.TenantId, ticket.ContactId);
        var followers = reads.AddFollowers(ticket.TenantId, ticket.Id);
        await reads.RunAsync(cancel);
        if (recipients.Count + followers.Count == 0) return;
        foreach (var happened in news)
            if (await StageOfAsync(ticket, happened, news, cancel) is { } stage)
                foreach (var contact in recipients.Concat(followers)) await mail.QueueAsync(Letter(ticket, contact, stage, now), cancel);
    }

    private async Task<Stage?> StageOfAsync(Ticket ticket, TicketEvent happened, List<TicketEvent> news, CancellationToken cancel) => happened.Kind switch
    {
        TicketEventKind.Opened => new("received", "opened"),
        TicketEventKind.HandedOff => await TriedAsync(ticket, happened, cancel),
        TicketEventKind.Taken or TicketEventKind.Assigned => Assigned(ticket, happened, news),
        TicketEventKind.StaffReplied => await ReplyAsync(ticket, happened, cancel),
        TicketEventKind.QuestionAsked when ticket.IsOpen => await QuestionAsync(ticket, happened, cancel),
        TicketEventKind.Resolved when !ticket.IsOpen => new("resolved", Number(happened), ("summary", ticket.IsGuarded ? "" : ticket.Resolution?.Summary ?? "")),
        TicketEventKind.Reopened when ticket.IsOpen => new("reopened", Number(happened)),
        _ => null,
    };

    private async Task<Stage?> TriedAsync(Ticket ticket, TicketEvent happened, CancellationToken cancel)
    {
        var attempts = await db.Attempts.AsNoTracking().Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id && a.StartedAt <= happened.At).OrderBy(a => a.Number).ToListAsync(cancel);
        var tried = attempts.Where(WasTried).Select(a => a.Title).ToList();
        return tried.Count == 0 ? null : new("tried", Number(happened), ("tried", string.Join("; ", tried)));
    }

    private static bool WasTried(Attempt attempt) => attempt.Steps.Any(step => step.Answer is not null);

    // a first reply takes the ticket in the same moment and names the engineer by itself
    private Stage? Assigned(Ticket ticket, TicketEvent happened, List<TicketEvent> news)
    {
        if (!Guid.TryParse(happened.Detail.GetValueOrDefault("staff"), out var id) || ticket.AssigneeId != new StaffId(id) || staff.ById(new(id)) is not { } engineer) return null;
        if (!ticket.IsOpen || news.Any(e => e.Kind == TicketEventKind.StaffReplied && e.At == happened.At && e.ActorId == happened.ActorId)) return null;
        return new("assigned", engineer.Id.ToString(), ("engineer", engineer.FirstName));
    }

    private async Task<Stage?> ReplyAsync(Ticket ticket, TicketEvent happened, CancellationToken cancel) => await MessageAsync(ticket, happened, cancel) is { } message ? Said("reply", message) : null;

    private async Task<Stage?> QuestionAsync(Ticket ticket, TicketEvent happened, CancellationToken cancel) => await MessageAsync(ticket, happened, cancel) is { } message ? Said("question", message) with { Page = "/complete" } : null;

    private async Task<TicketMessage?> MessageAsync(Ticket ticket, TicketEvent happened, CancellationToken cancel) =>
        Guid.TryParse(happened.Detail.GetValueOrDefault("message"), out var id) ? await db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.TenantId == ticket.TenantId && m.TicketId == ticket.Id && m.Id == new MessageId(id), cancel) : null;

    private static Stage Said(string stage, TicketMessage message) =>
        new(stage, message.Number.ToString(CultureInfo.InvariantCulture), ("engineer", PersonName.First(message.AuthorName)), ("reply", Cut(message.Text, ReplyLength)));

    private MailToSend Letter(Ticket ticket, Recipient contact, Stage stage, DateTimeOffset now)
    {
        var values = stage.Values.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        values["subject"] = Cut(MailHeaders.OneLine(ticket.Subject), SubjectLength);
        values["number"] = ticket.Number.ToString(CultureInfo.InvariantCulture);
        values["by"] = window.Say(ticket.DueAt, clients.ById(ticket.TenantId)!, now);
        return new(stage.Name, ticket.Id, stage.Name, contact.Email, contact.Name, stage.Occurrence, values, $"/requests/{ticket.Number}{stage.Page}") { Client = ticket.TenantId, IsAutomatic = stage.Name != "reply" };
    }

    private static string Number(TicketEvent happened) => happened.Id.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
}
