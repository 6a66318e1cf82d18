using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>What a turn at a guide means for its ticket: events, resolution, hand-off.</summary>
internal static class AttemptConsequences
{
    public static void Write(Ticket ticket, Attempt attempt, GuideInput input, AttemptTurn turn, Actor by, DateTimeOffset now)
    {
        if (input is GuideInput.AskPerson) AskPerson(ticket, attempt, turn, by, now);
        if (turn.Change == AttemptChange.None || input is GuideInput.AskPerson) return;
        if (turn.Change == AttemptChange.Opened) ticket.Record(TicketEventKind.GuideOpened, by, now, Of(attempt));
        if (input is GuideInput.Answer answer) ticket.Record(TicketEventKind.StepAnswered, by, now, [.. Of(attempt), ("step", $"{attempt.Steps.FindIndex(s => s.Id == answer.Step) + 1}"), ("title", attempt.Steps.Find(s => s.Id == answer.Step)!.Title), ("answer", answer.Given.ToString())]);
        if (turn.Screen is AttemptScreen.Ended ended && turn.Change == AttemptChange.Ended) Finish(ticket, attempt, ended, input, by, now);
    }

    /// <summary>Ends a running attempt without an answer, whatever the reason; the hand-off is the caller's.</summary>
    public static void Abandon(Ticket ticket, Attempt attempt, string why, Actor by, DateTimeOffset now)
    {
        if (AttemptEngine.Abandon(attempt, now).Change == AttemptChange.Ended) ticket.Record(TicketEventKind.AttemptAbandoned, by, now, [.. Of(attempt), ("why", why)]);
    }

    private static void Finish(Ticket ticket, Attempt attempt, AttemptScreen.Ended ended, GuideInput input, Actor by, DateTimeOffset now)
    {
        ticket.Record(TicketEventKind.GuideFinished, by, now, [.. Of(attempt), ("outcome", ended.Outcome.ToString())]);
        if (ended.Next == AfterAttempt.Solved)
        {
            ticket.Resolve(new($"Solved with the guide “{attempt.Title}”.", null, null, null, null), attempt.VersionHash, by, now);
            return;
        }
        // what the person wrote is read like any message: it may make the request more urgent
        if (input is GuideInput.Close && attempt.Comment is { } comment) ticket.ContactReplies(comment, ticket.Channel, by, now, out _);
        if (ended.Next == AfterAttempt.Person) GuideOffers.HandOver(ticket, ended.Outcome == AttemptOutcome.Partly ? $"“{attempt.Title}” helped partly." : $"A step of “{attempt.Title}” needs a person.", by, now);
    }

    private static void AskPerson(Ticket ticket, Attempt attempt, AttemptTurn turn, Actor by, DateTimeOffset now)
    {
        if (turn.Change != AttemptChange.Ended) return;
        ticket.Record(TicketEventKind.PersonAsked, by, now, Of(attempt));
        ticket.Record(TicketEventKind.AttemptAbandoned, by, now, [.. Of(attempt), ("why", "asked for a person")]);
        GuideOffers.HandOver(ticket, $"{by.Name} asked for a person while trying “{attempt.Title}”.", by, now);
    }

    private static (string Key, string Value)[] Of(Attempt attempt) => [("attempt", attempt.Id.ToString()), ("guide", attempt.Title), ("version", attempt.VersionHash)];
}
