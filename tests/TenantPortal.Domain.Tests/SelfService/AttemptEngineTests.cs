using TenantPortal.Domain.SelfService;
using Xunit;
using static TenantPortal.Domain.SelfService.StepAnswer;
using static TenantPortal.Domain.Tests.SelfService.Guides;

namespace TenantPortal.Domain.Tests.SelfService;

public sealed class AttemptEngineTests
{
    private static readonly GuidePath Three = Path(Step("cable"), Step("restart"), Step("queue"));

    [Fact]
    public void A_guide_starts_at_step_1_of_all()
    {
        var step = Assert.IsType<AttemptScreen.Step>(AttemptEngine.Show(Offered(Three), Three));
        Assert.Equal(("cable", 1, 3), (step.Shown.Id, step.Number, step.Of));
        Assert.False(step.CanGoBack);
    }

    [Theory]
    // answers in order; where the person is then: a step, "?" the closing question, "?no" with No suggested, or the outcome
    [InlineData("next", "W", "2")]
    [InlineData("next", "D", "2")]
    [InlineData("next", "C", "2")]
    [InlineData("next", "WWW", "?")]
    [InlineData("next", "DWW", "?")]
    [InlineData("next", "WWD", "?no")]
    [InlineData("stop", "W", "2")]
    [InlineData("stop", "D", "?no")]
    [InlineData("stop", "C", "?no")]
    [InlineData("escalate", "W", "2")]
    [InlineData("escalate", "D", "Failed")]
    [InlineData("escalate", "C", "Failed")]
    [InlineData("s3", "D", "3")]
    [InlineData("s3", "DW", "?")]
    [InlineData("s1", "D", "2")]
    [InlineData("gone", "D", "2")]
    public void An_answer_leads_where_the_step_says(string onFail, string answers, string where)
    {
        var path = Path(Step("s1", onFail), Step("s2"), Step("s3"));
        var attempt = Offered(path);
        foreach (var letter in answers) AttemptEngine.Answer(attempt, path, attempt.CurrentStep, letter switch { 'W' => Worked, 'D' => Didnt, _ => Couldnt }, Noon);
        Assert.Equal(where, AttemptEngine.Show(attempt, path) switch
        {
            AttemptScreen.Step step => $"{step.Number}",
            AttemptScreen.Closing closing => closing.Suggested == ClosingAnswer.No ? "?no" : "?",
            AttemptScreen.Ended ended => $"{ended.Outcome}",
            _ => "",
        });
    }

    [Fact]
    public void A_step_that_needs_a_person_ends_the_guide_and_offers_no_other()
    {
        var path = Path(Step("s1", "escalate"), Step("s2"));
        var attempt = Offered(path);
        var turn = AttemptEngine.Answer(attempt, path, "s1", Couldnt, Noon);
        Assert.Equal(AttemptChange.Ended, turn.Change);
        Assert.Equal(new AttemptScreen.Ended(AttemptOutcome.Failed, AfterAttempt.Person), turn.Screen);
        Assert.Equal(Noon, attempt.EndedAt);
    }

    [Theory]
    [InlineData(ClosingAnswer.Yes, AttemptOutcome.Confirmed, AfterAttempt.Solved)]
    [InlineData(ClosingAnswer.Partly, AttemptOutcome.Partly, AfterAttempt.Person)]
    [InlineData(ClosingAnswer.No, AttemptOutcome.Failed, AfterAttempt.AnotherGuide)]
    public void The_closing_answer_is_the_outcome(ClosingAnswer answer, AttemptOutcome outcome, AfterAttempt next)
    {
        var attempt = AtTheEnd();
        var turn = AttemptEngine.Close(attempt, Three, answer, "  tray 2 still jams ", Noon);
        Assert.Equal(new AttemptScreen.Ended(outcome, next), turn.Screen);
        Assert.Equal("tray 2 still jams", attempt.Comment);
    }

    [Fact]
    public void The_same_answer_twice_counts_once()
    {
        var attempt = Offered(Three);
        AttemptEngine.Answer(attempt, Three, "cable", Worked, Noon);
        var again = AttemptEngine.Answer(attempt, Three, "cable", Worked, Noon.AddSeconds(1));
        Assert.Equal(AttemptChange.None, again.Change);
        Assert.Null(again.Refusal);
        Assert.Equal("restart", attempt.CurrentStep);
        Assert.Equal(Noon, attempt.Steps[0].AnsweredAt);
        Assert.Null(attempt.Steps[0].Earlier);
    }

    [Fact]
    public void An_answer_to_another_step_is_refused_with_the_step_the_person_is_at()
    {
        var attempt = Offered(Three);
        AttemptEngine.Answer(attempt, Three, "cable", Worked, Noon);
        foreach (var (step, answer) in new[] { ("queue", Worked), ("cable", Didnt), ("nonsense", Worked) })
        {
            var turn = AttemptEngine.Answer(attempt, Three, step, answer, Noon);
            Assert.NotNull(turn.Refusal);
            Assert.Equal("restart", Assert.IsType<AttemptScreen.Step>(turn.Screen).Shown.Id);
        }
        Assert.Equal(Worked, attempt.Steps[0].Answer);
        Assert.Null(attempt.Steps[2].Answer);
    }

    [Fact]
    public void Going_back_corrects_an_answer_and_keeps_the_first()
    {
        var attempt = Offered(Three);
        AttemptEngine.Answer(attempt, Three, "cable", Worked, Noon);
        AttemptEngine.Answer(attempt, Three, "restart", Worked, Noon);
        AttemptEngine.Back(attempt, Three, Noon);
        var shown = Assert.IsType<AttemptScreen.Step>(AttemptEngine.Back(attempt, Three, Noon).Screen);
        Assert.Equal(("cable", Worked), (shown.Shown.Id, shown.Given));
        AttemptEngine.Answer(attempt, Three, "cable", Didnt, Noon.AddMinutes(2));
        Assert.Equal(Didnt, attempt.Steps[0].Answer);
        Assert.Equal([new EarlierAnswer(Worked, Noon)], attempt.Steps[0].Earlier!);
        // the answer to "restart" still holds, so the person goes on at "queue"
        Assert.Equal("queue", attempt.CurrentStep);
    }

    [Fact]
    public void The_first_step_has_nothing_before_it()
    {
        var attempt = Offered(Three);
        Assert.NotNull(AttemptEngine.Back(attempt, Three, Noon).Refusal);
        AttemptEngine.Answer(attempt, Three, "cable", Worked, Noon);
        Assert.Null(AttemptEngine.Back(attempt, Three, Noon).Refusal);
    }

    [Fact]
    public void Yes_may_come_at_any_step_but_no_waits_for_the_end()
    {
        var attempt = Offered(Three);
        var no = AttemptEngine.Close(attempt, Three, ClosingAnswer.No, null, Noon);
        Assert.NotNull(no.Refusal);
        Assert.True(attempt.IsRunning);
        AttemptEngine.Close(attempt, Three, ClosingAnswer.Yes, null, Noon);
        Assert.Equal(AttemptOutcome.Confirmed, attempt.Outcome);
    }

    [Fact]
    public void An_attempt_ends_once()
    {
        var attempt = AtTheEnd();
        AttemptEngine.Close(attempt, Three, ClosingAnswer.No, null, Noon);
        Assert.NotNull(AttemptEngine.Close(attempt, Three, ClosingAnswer.Yes, null, Noon.AddMinutes(1)).Refusal);
        Assert.NotNull(AttemptEngine.Abandon(attempt, Noon.AddMinutes(1)).Refusal);
        Assert.Equal(AttemptChange.None, AttemptEngine.Close(attempt, Three, ClosingAnswer.No, null, Noon.AddMinutes(1)).Change);
        Assert.Equal((AttemptOutcome.Failed, Noon), (attempt.Outcome, attempt.EndedAt!.Value));
    }

    [Fact]
    public void Asking_a_person_keeps_what_was_tried()
    {
        var attempt = Offered(Three);
        AttemptEngine.Answer(attempt, Three, "cable", Didnt, Noon);
        var turn = AttemptEngine.Abandon(attempt, Noon.AddMinutes(3));
        Assert.Equal(new AttemptScreen.Ended(AttemptOutcome.Abandoned, AfterAttempt.Person), turn.Screen);
        Assert.Equal(Didnt, attempt.Steps[0].Answer);
        Assert.Equal("restart", attempt.CurrentStep);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_and_nothing_ends()
    {
        var attempt = AtTheEnd();
        var turn = AttemptEngine.Close(attempt, Three, ClosingAnswer.Partly, new string('x', 4001), Noon);
        Assert.Contains("4001", turn.Refusal!.Sentence, StringComparison.Ordinal);
        Assert.True(attempt.IsRunning);
    }

    [Fact]
    public void Only_what_had_seemed_to_work_is_reopened()
    {
        var (worked, failed) = (AtTheEnd(), AtTheEnd());
        AttemptEngine.Close(worked, Three, ClosingAnswer.Yes, null, Noon);
        AttemptEngine.Close(failed, Three, ClosingAnswer.No, null, Noon);
        Assert.True(AttemptEngine.Reopen(worked));
        Assert.False(AttemptEngine.Reopen(worked));
        Assert.False(AttemptEngine.Reopen(failed));
        Assert.Equal(AttemptOutcome.Reopened, worked.Outcome);
    }

    [Fact]
    public void The_first_look_is_recorded_once()
    {
        var attempt = Offered(Three);
        Assert.Equal(AttemptChange.Opened, AttemptEngine.Open(attempt, Three, Noon.AddMinutes(4)).Change);
        Assert.Equal(AttemptChange.None, AttemptEngine.Open(attempt, Three, Noon.AddMinutes(5)).Change);
        Assert.Equal(Noon.AddMinutes(4), attempt.OpenedAt);
    }

    [Fact]
    public void Another_version_of_the_guide_is_not_the_one_that_was_started()
    {
        var attempt = Offered(Three);
        Assert.True(AttemptEngine.IsStill(attempt, Three));
        Assert.False(AttemptEngine.IsStill(attempt, Three with { VersionHash = "v2" }));
        Assert.False(AttemptEngine.IsStill(attempt, Three with { Steps = [.. Three.Steps.Take(2)] }));
    }

    private static Attempt AtTheEnd()
    {
        var attempt = Offered(Three);
        foreach (var step in Three.Steps) AttemptEngine.Answer(attempt, Three, step.Id, Worked, Noon);
        return attempt;
    }
}
