using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Takes one input of a person at a guide and does what follows from it, in one save: the attempt, the ticket, the next guide or the hand-off.</summary>
public sealed class FollowGuide(PortalDb db, GuidePaths paths, GuideOffers offers, ChangeTicket change)
{
    private const int Tries = 3;
    private static readonly Refusal Raced = new("Somebody answered at the same moment. Please try again.");

    /// <summary>Whether the person has such an attempt, and the sentence where the input did not fit.</summary>
    public sealed record Answer(bool IsKnown, Refusal? Refusal);

    public async Task<Answer> RunAsync(ContactId contact, int number, AttemptId attemptId, GuideInput input, Actor by, CancellationToken cancel)
    {
        for (var run = 0; run < Tries; run++)
        {
            var ticket = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Number == number && t.ContactId == contact, cancel);
            var attempt = ticket is null ? null : await db.Attempts.FirstOrDefaultAsync(a => a.TenantId == ticket.TenantId && a.Id == attemptId && a.TicketId == ticket.Id, cancel);
            if (ticket is null || attempt is null) return new(false, null);
            var refusal = await OnceAsync(ticket, attempt, input, by, cancel);
            if (!ReferenceEquals(refusal, Raced)) return new(true, refusal);
        }
        return new(true, Raced);
    }

    private async Task<Refusal?> OnceAsync(Ticket ticket, Attempt attempt, GuideInput input, Actor by, CancellationToken cancel)
    {
        var path = attempt.IsRunning ? await paths.OfAsync(ticket, attempt, cancel) : null;
        var isStill = !attempt.IsRunning || (path is not null && AttemptEngine.IsStill(attempt, path));
        if (!isStill && input is not GuideInput.AskPerson) return await ChangedAsync(ticket, attempt, cancel);
        var next = input is GuideInput.Close { Given: ClosingAnswer.No } && attempt.IsRunning ? await offers.PrepareAsync(ticket, cancel) : null;
        var ran = false;
        Refusal? told = null;
        var refusal = await change.RunAsync(ticket.TenantId, ticket.Id, (current, now) =>
        {
            // what was read above is stale once somebody else was quicker: begin again from the rows
            if (ran) return Raced;
            ran = true;
            if (!current.IsOpen && attempt.IsRunning) return new("This request is closed already. Reopen it if you still need help.");
            var given = input is GuideInput.Close { Text: { } said } close ? close with { Text = current.Hide(CleanText.Of(said), by, now) } : input;
            var turn = given.Apply(attempt, path ?? Recorded(attempt), now);
            told = turn.Refusal;
            AttemptConsequences.Write(current, attempt, given, turn, by, now);
            if (turn is { Change: AttemptChange.Ended, Screen: AttemptScreen.Ended { Next: AfterAttempt.AnotherGuide } } && next is not null) offers.Make(current, next, now);
            return null;
        }, cancel);
        return refusal ?? told;
    }

    // an old version's text is gone with its publication, and a withdrawn guide may have been wrong: nobody goes on with it
    private async Task<Refusal> ChangedAsync(Ticket ticket, Attempt attempt, CancellationToken cancel)
    {
        var anew = await paths.ForOfferAsync(ticket, attempt.RunbookId, cancel);
        var again = anew is null ? null : await offers.AgainAsync(attempt, anew, cancel);
        var ran = false;
        var refusal = await change.RunAsync(ticket.TenantId, ticket.Id, (current, now) =>
        {
            if (ran) return Raced;
            ran = true;
            AttemptConsequences.Abandon(current, attempt, again is null ? "withdrawn" : "published anew", GuideOffers.Machine, now);
            if (again is not null && current.IsOpen) offers.Make(current, again, now);
            else GuideOffers.HandOver(current, $"“{attempt.Title}” was withdrawn while it was being tried.", GuideOffers.Machine, now);
            return null;
        }, cancel);
        if (refusal is not null) return refusal;
        return new(again is null ? "This guide is no longer offered. What you tried is kept, and a person takes over." : "This guide was changed while you were at it. What you answered is kept; please start again at step 1.");
    }

    // for an attempt that has ended nothing is shown but its end
    private static GuidePath Recorded(Attempt attempt) => new()
    {
        RunbookId = attempt.RunbookId, VersionHash = attempt.VersionHash, Title = attempt.Title,
        Steps = [.. attempt.Steps.Select(s => new Domain.Knowledge.PublishedStep(s.Id, s.Title, "", "", null, "", Domain.Knowledge.StepActor.EndUser, Domain.Knowledge.AppliesTo.Anything, 0, GuidePath.Next))],
    };
}
