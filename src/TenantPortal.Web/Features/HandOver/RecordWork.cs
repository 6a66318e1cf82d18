using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.HandOver;

/// <summary>Keeps what an engineer tried on a ticket.</summary>
public sealed class RecordWork(PortalDb db, ChangeTicket change, GuideMentions mentions, Me me)
{
    public async Task<Refusal?> InWordsAsync(Ticket of, string? what, DeskOutcome outcome, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(what)) return new("Say in a few words what you tried.");
        if (what.Length > DeskAttempt.LongestTitle) return new($"That is {what.Length} characters, and {DeskAttempt.LongestTitle} is the limit. Put the rest into a note.");
        var tier = await mentions.TierOfAsync(of.TenantId, what, cancel);
        return await AddAsync(of, (work, ticket, now) => New(work, ticket, now, Hidden(ticket, what.ReplaceLineEndings(" "), now), tier, null, outcome), cancel);
    }

    /// <summary>The ticks of a guide; what the same engineer left open on the same version goes on.</summary>
    public Task<Refusal?> ChecklistAsync(Ticket of, ReadableGuide guide, IReadOnlyList<TickedStep> ticks, DeskOutcome outcome, string? comment, CancellationToken cancel)
    {
        if (ticks.Count == 0 && outcome == DeskOutcome.StillOpen) return Refuse("Tick at least one step, or say how it ended.");
        if (ticks.Any(t => t.Finding?.Length > DeskAttempt.LongestFinding) || comment?.Length > DeskAttempt.LongestFinding) return Refuse($"A finding has {DeskAttempt.LongestFinding} characters at most. Put the rest into a note.");
        return AddAsync(of, (work, ticket, now) =>
        {
            var attempt = work.Find(w => w.VersionHash == guide.VersionHash && w.StaffId == me.Staff.Id && w.Outcome == DeskOutcome.StillOpen) ?? New(work, ticket, now, guide.Title, guide.MinTier, guide, outcome);
            attempt.Tick([.. ticks.Select(t => t with { Finding = t.Finding is { } found ? Hidden(ticket, found, now) : null })], outcome, string.IsNullOrWhiteSpace(comment) ? null : Hidden(ticket, comment, now), now);
            return attempt;
        }, cancel);
    }

    /// <summary>What this engineer left open on this version; null where there is none.</summary>
    public Task<DeskAttempt?> OpenAsync(Ticket of, string version, CancellationToken cancel)
    {
        var self = me.Staff.Id;
        return db.DeskAttempts.AsNoTracking().FirstOrDefaultAsync(w => w.TenantId == of.TenantId && w.TicketId == of.Id && w.VersionHash == version && w.StaffId == self && w.Outcome == DeskOutcome.StillOpen, cancel);
    }

    private Task<Refusal?> AddAsync(Ticket of, Func<List<DeskAttempt>, Ticket, DateTimeOffset, DeskAttempt> done, CancellationToken cancel) => change.WithRowsAsync(of.TenantId, of.Id, async (ticket, now) =>
    {
        if (!ticket.IsOpen) return new("This ticket is resolved already. Reopen it to go on.");
        var work = await db.DeskAttempts.Where(w => w.TenantId == ticket.TenantId && w.TicketId == ticket.Id).OrderBy(w => w.Number).ToListAsync(cancel);
        var attempt = done(work, ticket, now);
        // the event is read by every tier, so it names no guide
        ticket.Record(TicketEventKind.WorkRecorded, me.AsActor(), now, ("number", $"{attempt.Number}"), ("outcome", attempt.Outcome.ToString()));
        return null;
    }, cancel);

    private DeskAttempt New(List<DeskAttempt> work, Ticket ticket, DateTimeOffset now, string title, int tier, ReadableGuide? guide, DeskOutcome outcome)
    {
        var attempt = new DeskAttempt
        {
            TenantId = ticket.TenantId, TicketId = ticket.Id, Number = work.Count == 0 ? 1 : work[^1].Number + 1, RunbookId = guide?.RunbookId, VersionHash = guide?.VersionHash, Title = title, MinTier = tier,
            StaffId = me.Staff.Id, StaffName = me.Staff.FirstName, StartedAt = now, EndedAt = outcome == DeskOutcome.StillOpen ? null : now, Outcome = outcome, Steps = [],
        };
        db.Add(attempt);
        return attempt;
    }

    // findings come from logs and screens, where credentials stand as well
    private string Hidden(Ticket ticket, string text, DateTimeOffset now) => ticket.Hide(CleanText.Of(text.Trim()), me.AsActor(), now);

    private static Task<Refusal?> Refuse(string sentence) => Task.FromResult<Refusal?>(new(sentence));
}
