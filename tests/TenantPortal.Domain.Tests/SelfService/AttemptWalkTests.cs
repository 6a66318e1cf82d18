using TenantPortal.Domain.SelfService;
using Xunit;
using static TenantPortal.Domain.Tests.SelfService.Guides;

namespace TenantPortal.Domain.Tests.SelfService;

public sealed class AttemptWalkTests
{
    [Fact]
    public void Whatever_people_press_nobody_is_stuck_and_nothing_ends_twice()
    {
        for (var seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            var path = RandomPath(random);
            var attempt = Offered(path);
            var (ends, outcome) = (0, AttemptOutcome.Running);
            for (var press = 0; press < 30; press++)
            {
                var turn = Press(random, attempt, path, Noon.AddSeconds(press));
                if (turn.Change == AttemptChange.Ended) (ends, outcome) = (ends + 1, attempt.Outcome);
                Assert.Equal(AttemptEngine.Show(attempt, path), turn.Screen);
                Assert.True(turn.Refusal is null || turn.Change == AttemptChange.None, $"seed {seed}: refused and changed");
            }
            Assert.True(ends <= 1, $"seed {seed}: ended {ends} times");
            Assert.Equal(outcome, attempt.Outcome);
            Assert.True(attempt.IsRunning ? EndsByItself(attempt, path) : attempt.EndedAt is not null, $"seed {seed}: stuck");
        }
    }

    // answering what is on the screen always reaches an end
    private static bool EndsByItself(Attempt attempt, GuidePath path)
    {
        for (var answers = 0; answers <= path.Steps.Count && AttemptEngine.Show(attempt, path) is AttemptScreen.Step step; answers++)
            AttemptEngine.Answer(attempt, path, step.Shown.Id, StepAnswer.Worked, Noon);
        return AttemptEngine.Close(attempt, path, ClosingAnswer.No, null, Noon).Change == AttemptChange.Ended;
    }

    private static AttemptTurn Press(Random random, Attempt attempt, GuidePath path, DateTimeOffset now) => random.Next(10) switch
    {
        0 => AttemptEngine.Back(attempt, path, now),
        1 => AttemptEngine.Close(attempt, path, (ClosingAnswer)random.Next(3), null, now),
        2 when random.Next(8) == 0 => AttemptEngine.Abandon(attempt, now),
        3 => AttemptEngine.Answer(attempt, path, $"s{random.Next(9)}", (StepAnswer)random.Next(3), now),
        _ => AttemptEngine.Answer(attempt, path, attempt.CurrentStep.Length > 0 ? attempt.CurrentStep : "s0", (StepAnswer)random.Next(3), now),
    };

    private static GuidePath RandomPath(Random random)
    {
        var count = random.Next(1, 8);
        return Path([.. Enumerable.Range(0, count).Select(number => Step($"s{number}", random.Next(6) switch { 0 => "stop", 1 => "escalate", 2 => $"s{random.Next(9)}", _ => "next" }))]);
    }
}
