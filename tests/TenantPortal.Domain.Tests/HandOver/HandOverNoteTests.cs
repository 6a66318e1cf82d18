using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.HandOver;

public sealed class HandOverNoteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Client = TenantId.New();
    private static readonly TicketMessage First = new() { TenantId = Client, TicketId = TicketId.New(), Number = 1, AuthorKind = ActorKind.Contact, AuthorName = "Dana", Text = "x", Channel = Channel.Portal, At = Noon };

    [Fact]
    public void The_draft_says_problem_environment_tried_evidence_and_question()
    {
        var draft = HandOverNote.Draft(Input([Work(1, "Renewed the licence", DeskOutcome.Failed)]));
        Assert.Equal("""
            Problem: Word will not start (Office programs, since Monday)
            Environment: LT-014, Windows 11 23H2, Word 16.0
            Changed before: Office updated
            Tried: Restart Word (the contact): did not work at “Open it again”
            Tried: Renewed the licence (Tom): did not help; same error
            Evidence: 0x80070005 (message 1); screen.png
            Question: “Renewed the licence” did not settle it. What is the next thing to try?
            """.ReplaceLineEndings("\n"), draft);
    }

    [Fact]
    public void However_much_was_tried_it_has_at_most_twelve_lines()
    {
        var draft = HandOverNote.Draft(Input([.. Enumerable.Range(1, 30).Select(n => Work(n, $"Step {n}\nin two lines {new string('x', 400)}", DeskOutcome.Failed))]));
        var lines = draft.Split('\n');
        Assert.InRange(lines.Length, 1, Ticket.MostNoteLines);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 240));
        Assert.Contains("Tried before that: 27 more, on the ticket", lines);
    }

    [Fact]
    public void A_note_is_for_the_tier_of_what_it_names()
    {
        Assert.Equal(0, HandOverNote.TierOf([Work(1, "Restarted it", DeskOutcome.Failed)]));
        Assert.Equal(3, HandOverNote.TierOf([Work(1, "Restarted it", DeskOutcome.Failed), Work(2, "Rebuild the index", DeskOutcome.Failed, minTier: 3)]));
        Assert.Equal(2, HandOverNote.TierOf([Work(1, "Mixed", DeskOutcome.Failed, steps: [new("a", "Secret step", 2, StepAnswer.Didnt, null, Noon)])]));
    }

    [Fact]
    public void A_lower_tier_sees_neither_guide_nor_step_nor_the_words_about_them()
    {
        var mixed = Work(1, "Mixed", DeskOutcome.Failed, steps: [new("a", "Open step", 0, StepAnswer.Worked, null, Noon), new("b", "Secret step", 2, StepAnswer.Didnt, "key 7", Noon)]);
        Assert.Null(Work(1, "Rebuild", DeskOutcome.Failed, minTier: 2).SeenFrom(1));
        var seen = mixed.SeenFrom(1)!;
        Assert.Equal("Open step", Assert.Single(seen.Steps).Title);
        Assert.Null(seen.Comment);
        Assert.Equal((2, "same error"), (mixed.SeenFrom(2)!.Steps.Count, mixed.SeenFrom(2)!.Comment));
    }

    private static NoteInput Input(IReadOnlyList<DeskAttempt> work) => new("Word will not start", "Office programs", "Word", EnvironmentBlock.Of(
    [
        Fact(EnvironmentField.Device, "LT-014"), Fact(EnvironmentField.Os, "Windows 11 23H2"), Fact(EnvironmentField.App, "Word"), Fact(EnvironmentField.AppVersion, "16.0"), Fact(EnvironmentField.FirstSeen, "Monday"), Fact(EnvironmentField.Error, "0x80070005", First.Id),
    ], []), [First], [new() { TenantId = Client, TicketId = First.TicketId, RunbookId = Guid.NewGuid(), VersionHash = "h", Title = "Restart Word", Number = 1, StartedAt = Noon, Outcome = AttemptOutcome.Failed, Steps = [new("a", "Open it again", StepAnswer.Didnt, Noon)] }], work, "Office updated", ["screen.png"]);

    private static TicketFact Fact(EnvironmentField field, string value, MessageId? message = null) => new() { TenantId = Client, TicketId = First.TicketId, Field = field, Value = value, Source = FactSource.Asked, MessageId = message, ByKind = ActorKind.Contact, ByName = "Dana", At = Noon };

    private static DeskAttempt Work(int number, string title, DeskOutcome outcome, int minTier = 0, List<TickedStep>? steps = null) =>
        new() { TenantId = Client, TicketId = First.TicketId, Number = number, Title = title, MinTier = minTier, StaffId = StaffId.New(), StaffName = "Tom", StartedAt = Noon.AddMinutes(number), Outcome = outcome, Steps = steps ?? [], Comment = "same error" };
}
