using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>The guides that a ticket's line says were tried, walked through the engine of the published versions.</summary>
/// <param name="silence">After so long without an answer a running guide is looked at, as after a real offer.</param>
internal sealed class GuideTale(TicketEntry entry, Ticket ticket, TaleWorld world, TimeSpan silence)
{
    private static readonly Actor Offer = Actor.Machine("guide offer");
    private static readonly TimeSpan AStep = TimeSpan.FromMinutes(2);
    private readonly List<TaleStep> steps = [];
    private readonly Actor contact = TaleWorld.Actor(world.People[entry.Person]);

    public (List<TaleStep> Steps, DateTimeOffset EndedAt, Attempt? SolvedBy) Run(DateTimeOffset openedAt, DateTimeOffset now)
    {
        var at = openedAt;
        Attempt? solvedBy = null;
        foreach (var (told, number) in entry.Attempts.Select((a, i) => (a, i + 1)))
        {
            if (Path(told) is not { } path) continue;
            var attempt = AttemptEngine.Offer(ticket.TenantId, ticket.Id, path, number, at);
            var offeredAt = at;
            steps.Add(new(at, (t, db) =>
            {
                db.Add(attempt);
                t.Record(TicketEventKind.GuideOffered, Offer, offeredAt, ("attempt", attempt.Id.ToString()), ("guide", path.Title), ("runbook", path.RunbookId.ToString()), ("version", path.VersionHash), ("number", $"{number}"));
                t.BeginGuide();
                return null;
            }));
            at = Walk(attempt, path, told, at, now, isLast: number == entry.Attempts.Count);
            if (attempt.IsRunning) steps.Add(new(at, (t, db) => { new JobQueue(db).Add(t.TenantId, "attempt-silence", attempt.Id.Value, attempt.LastAnswerAt + silence); return null; }));
            if (attempt.Outcome == AttemptOutcome.Confirmed) solvedBy = attempt;
        }
        return (steps, at, solvedBy);
    }

    private GuidePath? Path(TicketAttemptEntry told)
    {
        if (world.Guides.GetValueOrDefault(told.Runbook) is not { } guide)
        {
            world.Problems.Add(entry.File, entry.Line, $"{entry.Ref} tried the guide {told.Runbook}, which is not offered to this client.");
            return null;
        }
        var device = entry.Device is null ? null : world.Devices[entry.Device];
        var path = GuidePath.ForContact(guide.RunbookId, guide.VersionHash, guide.Title, guide.Content.Steps, new(device?.Os, device?.Kind.ToString().ToLowerInvariant(), null));
        if (path.Steps.Count > 0) return path;
        world.Problems.Add(entry.File, entry.Line, $"{entry.Ref} tried the guide {told.Runbook}, which has no step for this device.");
        return null;
    }

    // the line may give fewer answers than the guide has steps today: the rest is answered as the outcome says
    private DateTimeOffset Walk(Attempt attempt, GuidePath path, TicketAttemptEntry told, DateTimeOffset from, DateTimeOffset now, bool isLast)
    {
        var at = Later(from, TimeSpan.FromSeconds(40), now);
        AttemptEngine.Open(attempt, path, at);
        Say(TicketEventKind.GuideOpened, attempt, at);
        var answers = new Queue<StepAnswer>(told.Answers);
        while (attempt.IsRunning && attempt.CurrentStep.Length > 0)
        {
            if (answers.Count == 0 && told.Outcome is not (AttemptOutcome.Partly or AttemptOutcome.Failed)) break;
            var answer = answers.TryDequeue(out var given) ? given : told.Outcome == AttemptOutcome.Failed ? StepAnswer.Didnt : StepAnswer.Worked;
            at = Later(at, AStep, now);
            var index = path.IndexOf(attempt.CurrentStep);
            AttemptEngine.Answer(attempt, path, attempt.CurrentStep, answer, at);
            Say(TicketEventKind.StepAnswered, attempt, at, ("step", $"{index + 1}"), ("title", path.Steps[index].Title), ("answer", answer.ToString()));
        }
        return End(attempt, path, told.Outcome, Later(at, TimeSpan.FromMinutes(1), now), isLast);
    }

    private DateTimeOffset End(Attempt attempt, GuidePath path, AttemptOutcome outcome, DateTimeOffset at, bool isLast)
    {
        if (outcome == AttemptOutcome.Running) return at;
        if (outcome == AttemptOutcome.Abandoned)
        {
            if (AttemptEngine.Abandon(attempt, at).Change == AttemptChange.Ended) Say(TicketEventKind.AttemptAbandoned, attempt, at, ("why", "silence"));
            return HandOver($"No answer for a while while trying “{attempt.Title}”.", at);
        }
        var closing = outcome switch { AttemptOutcome.Confirmed => ClosingAnswer.Yes, AttemptOutcome.Partly => ClosingAnswer.Partly, _ => ClosingAnswer.No };
        if (attempt.IsRunning) AttemptEngine.Close(attempt, path, closing, null, at);
        Say(TicketEventKind.GuideFinished, attempt, at, ("outcome", attempt.Outcome.ToString()));
        return attempt.Outcome == AttemptOutcome.Confirmed || !isLast ? at : HandOver(attempt.Outcome == AttemptOutcome.Partly ? $"“{attempt.Title}” helped partly." : $"“{attempt.Title}” did not help.", at);
    }

    private DateTimeOffset HandOver(string reason, DateTimeOffset at)
    {
        steps.Add(new(at, (t, _) => t.HandedOffAt is null || t.IsTryingGuide ? t.HandOff(reason, Offer, at) : null));
        return at;
    }

    private void Say(TicketEventKind kind, Attempt attempt, DateTimeOffset at, params (string Key, string Value)[] more) =>
        steps.Add(new(at, (t, _) => { t.Record(kind, contact, at, [("attempt", attempt.Id.ToString()), ("guide", attempt.Title), ("version", attempt.VersionHash), .. more]); return null; }));

    private static DateTimeOffset Later(DateTimeOffset at, TimeSpan by, DateTimeOffset now) => at + by <= now ? at + by : now;
}
