using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.SelfService;

/// <summary>Walks a person through a guide, whichever face they use: every input has an answer, the same input twice counts once, and an attempt ends once.</summary>
public static class AttemptEngine
{
    public const int LongestComment = 4000;

    /// <summary>An attempt that nobody has looked at yet, pinned to this version of the guide; the path has at least one step.</summary>
    public static Attempt Offer(TenantId client, TicketId ticket, GuidePath path, int number, DateTimeOffset now) => new()
    {
        TenantId = client,
        TicketId = ticket,
        RunbookId = path.RunbookId,
        VersionHash = path.VersionHash,
        Title = path.Title,
        Number = number,
        StartedAt = now,
        LastAnswerAt = now,
        Steps = path.Steps.Count > 0 ? [.. path.Steps.Select(step => new AttemptStep(step.Id, step.Title, null, null))] : throw new ArgumentException("A guide without a step for this person cannot be tried.", nameof(path)),
        CurrentStep = path.Steps[0].Id,
    };

    /// <summary>Whether the guide is still the one that was started: same version, and every step of it still fits the person.</summary>
    public static bool IsStill(Attempt attempt, GuidePath path) =>
        attempt.RunbookId == path.RunbookId && attempt.VersionHash == path.VersionHash && attempt.Steps.Select(step => step.Id).SequenceEqual(path.Steps.Select(step => step.Id));

    public static AttemptScreen Show(Attempt attempt, GuidePath path)
    {
        if (!attempt.IsRunning) return Ended(attempt);
        var before = Before(attempt, path) >= 0;
        if (attempt.CurrentStep.Length == 0) return new AttemptScreen.Closing(LastFailed(attempt) ? ClosingAnswer.No : null, before);
        var index = path.IndexOf(attempt.CurrentStep);
        return new AttemptScreen.Step(path.Steps[index], index + 1, path.Steps.Count, attempt.Steps[index].Answer, before);
    }

    /// <summary>The person looks at the guide for the first time.</summary>
    public static AttemptTurn Open(Attempt attempt, GuidePath path, DateTimeOffset now)
    {
        if (!attempt.IsRunning || attempt.OpenedAt is not null) return Nothing(attempt, path);
        attempt.OpenedAt = attempt.LastAnswerAt = now;
        return new(Show(attempt, path), AttemptChange.Opened);
    }

    public static AttemptTurn Answer(Attempt attempt, GuidePath path, string stepId, StepAnswer answer, DateTimeOffset now)
    {
        var index = path.IndexOf(stepId);
        if (index < 0) return Refuse(attempt, path, "This step is not part of the guide you are following. Here is where you are.");
        if (!attempt.IsRunning || attempt.CurrentStep != stepId)
        {
            var given = attempt.Steps[index].Answer;
            if (given == answer) return Nothing(attempt, path);
            return Refuse(attempt, path, !attempt.IsRunning ? "This guide has ended already. Your earlier answers are kept."
                : given is null ? "That step is not the one you are at. Here is where you are."
                : $"Step {index + 1} is answered already. Use Back to change the answer.");
        }
        var step = attempt.Steps[index];
        attempt.OpenedAt ??= now;
        attempt.LastAnswerAt = now;
        if (step.Answer != answer)
        {
            // a correction is a new list, so that what was said first stays on record
            IReadOnlyList<EarlierAnswer>? earlier = step.Answer is { } was ? [.. step.Earlier ?? [], new(was, step.AnsweredAt ?? now)] : step.Earlier;
            attempt.Steps = [.. attempt.Steps[..index], step with { Answer = answer, AnsweredAt = now, Earlier = earlier }, .. attempt.Steps[(index + 1)..]];
        }
        return Follow(attempt, path, index, now);
    }

    /// <summary>Shows the step answered last again, so that its answer can be corrected.</summary>
    public static AttemptTurn Back(Attempt attempt, GuidePath path, DateTimeOffset now)
    {
        if (!attempt.IsRunning) return Refuse(attempt, path, "This guide has ended already. Your earlier answers are kept.");
        var before = Before(attempt, path);
        if (before < 0) return Refuse(attempt, path, "This is the first step.");
        attempt.CurrentStep = path.Steps[before].Id;
        attempt.LastAnswerAt = now;
        return new(Show(attempt, path), AttemptChange.WentBack);
    }

    /// <summary>The answer to the closing question; "yes" may come at any step, because a problem may be gone before the guide is.</summary>
    public static AttemptTurn Close(Attempt attempt, GuidePath path, ClosingAnswer answer, string? comment, DateTimeOffset now)
    {
        var outcome = answer switch { ClosingAnswer.Yes => AttemptOutcome.Confirmed, ClosingAnswer.Partly => AttemptOutcome.Partly, ClosingAnswer.No => AttemptOutcome.Failed };
        if (attempt.Outcome == outcome) return Nothing(attempt, path);
        if (!attempt.IsRunning) return Refuse(attempt, path, "This question is answered already. If it is wrong, tell us in your request.");
        if (answer != ClosingAnswer.Yes && attempt.CurrentStep.Length > 0) return Refuse(attempt, path, "There is a step left. Answer it first, or ask a person.");
        comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        if (comment?.Length > LongestComment) return Refuse(attempt, path, $"Your text has {comment.Length} characters, the limit is {LongestComment}. It is kept; make it shorter and send it again.");
        attempt.Comment = comment;
        attempt.OpenedAt ??= now;
        attempt.LastAnswerAt = now;
        if (answer == ClosingAnswer.Yes) attempt.CurrentStep = "";
        return End(attempt, outcome, now);
    }

    /// <summary>The person wants a person, falls silent, or the guide is gone: what was tried stays.</summary>
    public static AttemptTurn Abandon(Attempt attempt, DateTimeOffset now)
    {
        if (attempt.IsRunning) return End(attempt, AttemptOutcome.Abandoned, now);
        return new(Ended(attempt), AttemptChange.None, attempt.Outcome == AttemptOutcome.Abandoned ? null : new("This guide has ended already."));
    }

    /// <summary>What had seemed to work did not last.</summary>
    public static bool Reopen(Attempt attempt)
    {
        if (attempt.Outcome is not (AttemptOutcome.Confirmed or AttemptOutcome.Assumed)) return false;
        attempt.Outcome = AttemptOutcome.Reopened;
        return true;
    }

    // answers given before a correction still hold, so the person goes on where they had been
    private static AttemptTurn Follow(Attempt attempt, GuidePath path, int index, DateTimeOffset now)
    {
        while (true)
        {
            if (attempt.Steps[index].Answer is not { } answer)
            {
                attempt.CurrentStep = path.Steps[index].Id;
                break;
            }
            var where = answer == StepAnswer.Worked ? GuidePath.Next : path.Steps[index].OnFail;
            if (where == GuidePath.Escalate)
            {
                attempt.CurrentStep = path.Steps[index].Id;
                return End(attempt, AttemptOutcome.Failed, now);
            }
            index = where switch { GuidePath.Next => index + 1, GuidePath.Stop => path.Steps.Count, var id => path.IndexOf(id) };
            if (index < path.Steps.Count) continue;
            attempt.CurrentStep = "";
            break;
        }
        return new(Show(attempt, path), AttemptChange.Answered);
    }

    private static AttemptTurn End(Attempt attempt, AttemptOutcome outcome, DateTimeOffset now)
    {
        attempt.Outcome = outcome;
        attempt.EndedAt = now;
        return new(Ended(attempt), AttemptChange.Ended);
    }

    /// <summary>How an attempt ended; for this its guide need not be at hand.</summary>
    public static AttemptScreen.Ended Ended(Attempt attempt) => new(attempt.Outcome, attempt.Outcome switch
    {
        AttemptOutcome.Confirmed or AttemptOutcome.Assumed => AfterAttempt.Solved,
        // a step that asked for a person is still the current one; after the closing question there is none
        AttemptOutcome.Failed => attempt.CurrentStep.Length == 0 ? AfterAttempt.AnotherGuide : AfterAttempt.Person,
        AttemptOutcome.Partly or AttemptOutcome.Abandoned or AttemptOutcome.Reopened => AfterAttempt.Person,
        AttemptOutcome.Running => throw new InvalidOperationException("A running attempt has not ended."),
    });

    private static int Before(Attempt attempt, GuidePath path)
    {
        var from = attempt.CurrentStep.Length == 0 ? path.Steps.Count : path.IndexOf(attempt.CurrentStep);
        return from == 0 ? -1 : attempt.Steps.FindLastIndex(from - 1, step => step.Answer is not null);
    }

    private static bool LastFailed(Attempt attempt) => attempt.Steps.FindLast(step => step.Answer is not null) is { Answer: not StepAnswer.Worked };

    private static AttemptTurn Nothing(Attempt attempt, GuidePath path) => new(Show(attempt, path), AttemptChange.None);

    private static AttemptTurn Refuse(Attempt attempt, GuidePath path, string sentence) => new(Show(attempt, path), AttemptChange.None, new(sentence));
}
