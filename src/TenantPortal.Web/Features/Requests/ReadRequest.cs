using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>One request as its contact, or a manager of the company, may see it; null for all others, and for one that does not exist. One round trip.</summary>
public sealed class ReadRequest(PageReads reads, Me me, StaffDirectory staff)
{
    private static readonly TicketEventKind[] Told =
    [
        TicketEventKind.Opened, TicketEventKind.Alerted, TicketEventKind.GuideOffered, TicketEventKind.GuideOpened, TicketEventKind.PersonAsked, TicketEventKind.HandedOff, TicketEventKind.Taken,
        TicketEventKind.Assigned, TicketEventKind.WaitingForContact, TicketEventKind.Held, TicketEventKind.Resolved, TicketEventKind.Reopened, TicketEventKind.QuestionAsked,
    ];

    // what has happened, but needs no line of its own
    private static readonly TicketEventKind[] Silent = [TicketEventKind.Alerted, TicketEventKind.GuideOpened, TicketEventKind.GuideOffered, TicketEventKind.QuestionAsked];

    public async Task<RequestHead?> HeadAsync(int number, CancellationToken cancel)
    {
        var heads = reads.AddRequest(me.Client!.Id, me.Contact.Reads(), number);
        await reads.RunAsync(cancel);
        return heads is [var head] ? head : null;
    }

    /// <summary>The request, and the fields of its last question that nobody has answered yet.</summary>
    public async Task<(RequestHead Head, IReadOnlyList<EnvironmentField> Asked)?> AskedAsync(int number, CancellationToken cancel) =>
        await RequestRows.ReadAsync(reads, me.Client!.Id, me.Contact.Reads(), number, [TicketEventKind.QuestionAsked], cancel) is { } rows ? (rows.Head, Asked(rows)) : null;

    public async Task<RequestView?> RunAsync(int number, CancellationToken cancel)
    {
        if (await RequestRows.ReadAsync(reads, me.Client!.Id, me.Contact.Reads(), number, Told, cancel) is not { } rows) return null;
        var (head, events) = (rows.Head, rows.Events);
        var tried = rows.Attempts.Select(a => new TriedGuide(a.EndedAt ?? a.LastAnswerAt, a.Title, a.Outcome, a.Steps)).ToList();
        var lines = events.Where(e => !Silent.Contains(e.Kind)).Select(e => new SeenEvent(e.At, e.Kind, Name(e.ActorKind, e.Kind == TicketEventKind.Assigned ? StaffOf(e.Detail) : e.ActorId, e.ActorName), e.Kind == TicketEventKind.Held ? (e.Detail["reason"], e.Detail["what"]) : null));
        var waits = head.IsOpen && tried.TrueForAll(a => a.Outcome == AttemptOutcome.Running) && !events.Any(e => e.Kind is TicketEventKind.HandedOff) && events.Any(e => e.Kind is TicketEventKind.GuideOffered);
        var question = events.LastOrDefault(e => e.Kind == TicketEventKind.QuestionAsked)?.Detail.GetValueOrDefault("number");
        var asks = question is not null && head.IsOpen && (head.Missing.Count > 0 || Asked(rows).Count > 0) ? question : null;
        return new(head, head.AssigneeId is { } id ? staff.ById(id)?.FirstName : null, waits, events.Any(e => e.Kind is TicketEventKind.Alerted),
            [.. Messages(rows, asks).Concat<TimelineEntry>(lines).Concat(tried.Where(a => a.Outcome != AttemptOutcome.Running || a.Steps.Any(s => s.Answer is not null))).OrderBy(e => e.At)]);
    }

    // a file that hangs on no message stands with the first
    private IEnumerable<SaidMessage> Messages(RequestRows rows, string? asks)
    {
        var files = rows.Files.ToLookup(f => f.MessageId ?? rows.Messages[0].Id, f => new ShownFile(f.Id, f.FileName, f.MediaType, f.Size));
        return rows.Messages.Select(m => new SaidMessage(m.At, m.Number, m.AuthorKind, Name(m.AuthorKind, m.AuthorId, m.AuthorName), m.AuthorId == me.Contact.Id.Value, m.Text, [.. files[m.Id]], asks == $"{m.Number}"));
    }

    private static IReadOnlyList<EnvironmentField> Asked(RequestRows rows) =>
        rows.Events.LastOrDefault(e => e.Kind == TicketEventKind.QuestionAsked)?.Detail is { } asked ? OpenQuestions.Left(asked.GetValueOrDefault("question"), [.. rows.KnownFields]) : [];

    // staff are known by their first name only
    private string Name(ActorKind kind, Guid? id, string name) => kind switch
    {
        ActorKind.Staff => id is { } known && staff.ById(new(known)) is { } member ? member.FirstName : PersonName.First(name),
        ActorKind.Contact => name,
        ActorKind.Machine => "",
    };

    private static Guid? StaffOf(Dictionary<string, string> detail) => Guid.TryParse(detail.GetValueOrDefault("staff"), out var id) ? id : null;
}
