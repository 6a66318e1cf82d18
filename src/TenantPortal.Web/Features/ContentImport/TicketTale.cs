using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>One thing that happened on a ticket, with its time.</summary>
internal sealed record TaleStep(DateTimeOffset At, Func<Ticket, PortalDb, Refusal?> Do, bool EndsTurn = false);

/// <summary>What a line of tickets/*.jsonl says, as steps in the order of time: guides tried, taken, messages, note, resolved, reopened.</summary>
internal sealed class TicketTale(TicketEntry entry, Ticket ticket, TaleWorld world, DateTimeOffset now, TimeSpan silence)
{
    public TicketEntry Entry => entry;
    public Ticket Ticket => ticket;
    public TaleWorld World => world;

    /// <summary>A contact's message ends a turn, so that it is read before anything else happens.</summary>
    public IEnumerable<IReadOnlyList<TaleStep>> Turns(DateTimeOffset openedAt)
    {
        var turn = new List<TaleStep>();
        foreach (var step in Steps(openedAt).OrderBy(s => s.At).Select(s => s.At <= now ? s : s with { At = now }))
        {
            turn.Add(step);
            if (!step.EndsTurn) continue;
            yield return turn;
            turn = [];
        }
        if (turn.Count > 0) yield return turn;
    }

    private List<TaleStep> Steps(DateTimeOffset openedAt)
    {
        var steps = new List<TaleStep>();
        var guides = new GuideTale(entry, ticket, world, silence).Run(openedAt, now);
        steps.AddRange(guides.Steps);
        var contact = TaleWorld.Actor(world.People[entry.Person]);
        var lastStaff = entry.Messages.LastOrDefault(m => m.From is not null);
        foreach (var message in entry.Messages)
        {
            var at = openedAt + message.After;
            if (message.From is null) steps.Add(new(at, (t, _) => t.ContactReplies(message.Text, entry.Channel == Channel.Mail ? Channel.Mail : Channel.Portal, contact, at, out var _), EndsTurn: true));
            else steps.Add(Reply(message, at, waits: entry.State == TicketStatus.Waiting && message == lastStaff));
        }
        Staff(steps, openedAt, guides.EndedAt);
        Resolve(steps, openedAt, guides.SolvedBy);
        return steps;
    }

    private TaleStep Reply(TicketMessageEntry message, DateTimeOffset at, bool waits) => new(at, (t, _) => t.StaffReplies(message.Text, waits, Channel.Portal, TaleWorld.Actor(world.Staff[message.From!]), at, Leave.Elsewhere));

    // somebody takes it before the first word of staff, at the latest when half of the time to the fix is over
    private void Staff(List<TaleStep> steps, DateTimeOffset openedAt, DateTimeOffset guidesEnded)
    {
        if (entry.Assignee is not { } key || !world.Staff.TryGetValue(key, out var member)) return;
        var firstWord = entry.Messages.Where(m => m.From is not null).Select(m => (TimeSpan?)m.After).FirstOrDefault();
        var span = firstWord ?? (entry.Resolution is { } resolution ? resolution.After / 2 : (now - openedAt) / 3);
        var at = openedAt + span - (firstWord is null ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(3, span.TotalMinutes / 2)));
        if (at < guidesEnded && firstWord is null) at = guidesEnded;
        steps.Add(new(at, (t, _) => t.AssigneeId is null ? t.Take(member.Id, TaleWorld.Actor(member), at) : null));
        if (entry.Note is { } note) steps.Add(new(at.AddMinutes(5), (t, _) => { t.Note(note, member.Id, TaleWorld.Actor(member), at.AddMinutes(5)); return null; }));
    }

    private void Resolve(List<TaleStep> steps, DateTimeOffset openedAt, Attempt? solvedBy)
    {
        if (entry.Resolution is not { } told) return;
        var contact = TaleWorld.Actor(world.People[entry.Person]);
        var member = entry.Assignee is { } key ? world.Staff.GetValueOrDefault(key) : null;
        var by = solvedBy is not null || member is null ? contact : TaleWorld.Actor(member);
        var at = openedAt + told.After;
        if (solvedBy?.EndedAt > at) at = solvedBy.EndedAt.Value;
        steps.Add(new(at, (t, _) => t.Resolve(told.Resolution, solvedBy?.VersionHash, Closes(t, by), at)));
        if (!entry.Reopened) return;
        var (again, fixedAt) = (at.AddHours(20), at.AddHours(26));
        steps.Add(new(again, (t, _) =>
        {
            if (solvedBy is not null) AttemptEngine.Reopen(solvedBy);
            return t.Reopen("It happened again.", contact, again);
        }));
        if (member is not null) steps.Add(new(again.AddMinutes(40), (t, _) => t.AssigneeId is null ? t.Take(member.Id, TaleWorld.Actor(member), again.AddMinutes(40)) : null));
        steps.Add(new(fixedAt, (t, _) => t.Resolve(told.Resolution, null, Closes(t, member is null ? contact : TaleWorld.Actor(member)), fixedAt)));
    }

    // elsewhere nobody asked our four questions: what they would have said stays unknown, and the ticket is over all the same
    private static Actor Closes(Ticket ticket, Actor by) => ticket.GateComplete ? by : Actor.Machine($"brought in, closed by {by.Name}");
}
