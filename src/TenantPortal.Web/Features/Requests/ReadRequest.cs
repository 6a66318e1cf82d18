using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>One request as its contact, or a manager of the company, may see it; null for all others, and for one that does not exist. At most six statements.</summary>
public sealed class ReadRequest(PortalDb db, Me me, StaffDirectory staff)
{
    private static readonly TicketEventKind[] Told =
    [
        TicketEventKind.Opened, TicketEventKind.Alerted, TicketEventKind.GuideOffered, TicketEventKind.GuideOpened, TicketEventKind.PersonAsked, TicketEventKind.HandedOff, TicketEventKind.Taken,
        TicketEventKind.Assigned, TicketEventKind.WaitingForContact, TicketEventKind.Resolved, TicketEventKind.Reopened, TicketEventKind.QuestionAsked,
    ];

    // what has happened, but needs no line of its own
    private static readonly TicketEventKind[] Silent = [TicketEventKind.Alerted, TicketEventKind.GuideOpened, TicketEventKind.GuideOffered, TicketEventKind.QuestionAsked];

    public async Task<RequestHead?> HeadAsync(int number, CancellationToken cancel) =>
        await Heads(db.Tickets.AsNoTracking().ReadableFor(me.Contact).Where(t => t.Number == number)).FirstOrDefaultAsync(cancel);

    /// <summary>The fields of the last question that nobody has answered yet.</summary>
    public async Task<IReadOnlyList<EnvironmentField>> AskedAsync(TicketId ticket, CancellationToken cancel)
    {
        var asked = await db.Events.AsNoTracking().Where(e => e.TicketId == ticket && e.Kind == TicketEventKind.QuestionAsked).OrderByDescending(e => e.Id).Select(e => e.Detail).FirstOrDefaultAsync(cancel);
        return asked is null ? [] : OpenQuestions.Left(asked.GetValueOrDefault("question"), await db.Facts.AsNoTracking().Where(f => f.TicketId == ticket).Select(f => f.Field).ToListAsync(cancel));
    }

    public async Task<RequestView?> RunAsync(int number, CancellationToken cancel)
    {
        if (await HeadAsync(number, cancel) is not { } head) return null;
        var messages = await MessagesAsync(head.Id, cancel);
        var events = await db.Events.AsNoTracking().Where(e => e.TicketId == head.Id && Told.Contains(e.Kind)).OrderBy(e => e.Id)
            .Select(e => new { e.At, e.Kind, e.ActorKind, e.ActorId, e.ActorName, e.Detail }).ToListAsync(cancel);
        var tried = events.Exists(e => e.Kind is TicketEventKind.GuideOpened or TicketEventKind.GuideOffered) ? await AttemptsAsync(head.Id, cancel) : [];
        var lines = events.Where(e => !Silent.Contains(e.Kind)).Select(e => new SeenEvent(e.At, e.Kind, Name(e.ActorKind, e.Kind == TicketEventKind.Assigned ? StaffOf(e.Detail) : e.ActorId, e.ActorName)));
        var waits = head.IsOpen && tried.All(a => a.Outcome == AttemptOutcome.Running) && !events.Exists(e => e.Kind is TicketEventKind.HandedOff) && events.Exists(e => e.Kind is TicketEventKind.GuideOffered);
        var question = events.LastOrDefault(e => e.Kind == TicketEventKind.QuestionAsked)?.Detail.GetValueOrDefault("number");
        var asks = question is not null && head.IsOpen && (head.Missing.Count > 0 || (await AskedAsync(head.Id, cancel)).Count > 0) ? question : null;
        return new(head, head.AssigneeId is { } id ? staff.ById(id)?.FirstName : null, waits, events.Exists(e => e.Kind is TicketEventKind.Alerted),
            [.. messages.Select(m => m with { Asks = asks == $"{m.Number}" }).Concat<TimelineEntry>(lines).Concat(tried.Where(a => a.Outcome != AttemptOutcome.Running || a.Steps.Any(s => s.Answer is not null))).OrderBy(e => e.At)]);
    }

    public static IQueryable<RequestHead> Heads(PortalDb db, IQueryable<Ticket> tickets) =>
        tickets.Select(t => new RequestHead(t.Id, t.Number, t.Subject, t.Status, t.IsOpen, t.IsTryingGuide, t.GateComplete, t.Impact, t.Urgency, t.AffectedSystem, t.Sensitivity, t.AssigneeId, t.OpenedAt, t.DueAt, t.UpdatedAt,
            t.FirstReplyAt, t.ResolvedAt, t.Resolution, t.ContactId, db.Contacts.Where(c => c.TenantId == t.TenantId && c.Id == t.ContactId).Select(c => c.Name).First()));

    private IQueryable<RequestHead> Heads(IQueryable<Ticket> tickets) => Heads(db, tickets);

    // messages and their files in one statement; a file that hangs on no message stands with the first
    private async Task<List<SaidMessage>> MessagesAsync(TicketId ticket, CancellationToken cancel)
    {
        var rows = await (from message in db.Messages.AsNoTracking().Where(m => m.TicketId == ticket)
                          from file in db.Attachments.Where(a => a.TenantId == message.TenantId && a.TicketId == message.TicketId && (a.MessageId == message.Id || (a.MessageId == null && message.Number == 1))).DefaultIfEmpty()
                          orderby message.Number
                          select new { message.Number, message.AuthorKind, message.AuthorId, message.AuthorName, message.Text, message.At, File = file == null ? null : new ShownFile(file.Id, file.FileName, file.MediaType, file.Size) }).ToListAsync(cancel);
        return [.. rows.GroupBy(r => r.Number).Select(g => (First: g.First(), Files: g.Select(r => r.File).OfType<ShownFile>().ToList()))
            .Select(m => new SaidMessage(m.First.At, m.First.Number, m.First.AuthorKind, Name(m.First.AuthorKind, m.First.AuthorId, m.First.AuthorName), m.First.AuthorId == me.Contact.Id.Value, m.First.Text, m.Files))];
    }

    private Task<List<TriedGuide>> AttemptsAsync(TicketId ticket, CancellationToken cancel) =>
        db.Attempts.AsNoTracking().Where(a => a.TicketId == ticket).OrderBy(a => a.Number).Select(a => new TriedGuide(a.EndedAt ?? a.LastAnswerAt, a.Title, a.Outcome, a.Steps)).ToListAsync(cancel);

    // staff are known by their first name only
    private string Name(ActorKind kind, Guid? id, string name) => kind switch
    {
        ActorKind.Staff => id is { } known && staff.ById(new(known)) is { } member ? member.FirstName : PersonName.First(name),
        ActorKind.Contact => name,
        ActorKind.Machine => "",
    };

    private static Guid? StaffOf(Dictionary<string, string> detail) => Guid.TryParse(detail.GetValueOrDefault("staff"), out var id) ? id : null;
}
