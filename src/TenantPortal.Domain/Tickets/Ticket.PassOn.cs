using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>To which line of the desk, which queue, and where it is known, to whom.</summary>
public sealed record PassTo(int Tier, string Queue, StaffId? Person, string? PersonName);

/// <summary>What goes along: the note as it was sent, the highest tier of what it names, the category as the engineer sees it, and why it goes though answers are missing.</summary>
/// <param name="Draft">The note as the template wrote it.</param>
public sealed record PassedWith(string Note, int NoteTier, string Draft, string Category, string SuggestedCategory, IReadOnlyList<string> Missing, string? Without);

/// <summary>From one engineer to the next line.</summary>
public sealed partial class Ticket
{
    public const int HighestTier = 3, MostNoteLines = 12;
    private const int LongestNote = 4_000, LongestReason = 500;

    /// <summary>Which line of the desk has it: 1 to 3.</summary>
    public int Tier { get; private set; } = 1;
    /// <summary>A person chose category and queue; later readings leave them alone.</summary>
    public bool IsSortedByHand { get; private set; }

    /// <summary>Gives the ticket to another line or queue, with a note that says what is asked. What the category needs must be known or asked, unless a reason is given; a P1 never waits for answers.</summary>
    public Refusal? PassOn(PassTo to, PassedWith with, StaffId staff, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to pass it on.");
        if (to.Tier is < 1 or > HighestTier) return new("Choose tier 1, 2 or 3.");
        if (to.Tier == Tier && to.Queue == Queue && (to.Person is null || to.Person == AssigneeId)) return new("That is where it is already. Choose another tier, queue or person.");
        if (NoteProblem(with.Note) is { } problem) return problem;
        if (with.Missing.Count > 0 && string.IsNullOrWhiteSpace(with.Without) && Priority != Priority.P1 && Verdict is not { LooksUrgent: true }) return new("Answers are still missing. Ask for them, fill them in, or say why it goes on without them.");
        if (with.Without?.Length > LongestReason) return new("Say in fewer words why it goes on without the answers.");
        var (fromTier, fromQueue, fromCategory, before) = (Tier, Queue, Category, AssigneeId);
        (Tier, Queue, Category, AssigneeId, IsSortedByHand) = (to.Tier, to.Queue, with.Category, to.Person, true);
        if (to.Person is null && Status == TicketStatus.Open) Status = TicketStatus.New;
        if (to.Person is not null && Status == TicketStatus.New && MayProgress) Status = TicketStatus.Open;
        HandedOffAt ??= now;
        var note = Hide(CleanText.Of(with.Note).Trim(), by, now);
        Record(TicketEventKind.NoteDrafted, Actor.Machine("hand-over template"), now, ("seal", Seal(with.Draft)), ("category", with.SuggestedCategory));
        Notes.Add(new() { TenantId = TenantId, TicketId = Id, StaffId = staff.Value, AuthorName = by.Name, Text = note, MinTier = with.NoteTier, Draft = with.Draft, At = now });
        Record(TicketEventKind.PassedOn, by, now,
            ("tier", $"{to.Tier}"), ("wasTier", $"{fromTier}"), ("queue", to.Queue), ("wasQueue", fromQueue), ("staff", to.Person?.ToString() ?? ""), ("to", to.PersonName ?? ""), ("before", before?.ToString() ?? ""),
            ("category", with.Category), ("wasCategory", fromCategory), ("missing", string.Join(", ", with.Missing)), ("without", Hide(CleanText.Of(with.Without ?? ""), by, now)), ("edited", $"{LinesChanged(with.Draft, note)}"), ("seal", Seal(note)));
        return null;
    }

    private static Refusal? NoteProblem(string note)
    {
        if (string.IsNullOrWhiteSpace(note)) return new("Write what you ask the next person. The note is empty.");
        if (Lines(note).Length is var lines && lines > MostNoteLines) return new($"The note has {lines} lines, and {MostNoteLines} are read. Shorten it; everything else is on the ticket.");
        return note.Length > LongestNote ? new($"The note has {note.Length} characters, and {LongestNote} is the limit.") : null;
    }

    // the words stand with the note, where a tier below cannot read them
    private static string Seal(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    // how much of the template's draft a person changed
    private static int LinesChanged(string draft, string note) => Lines(note).Except(Lines(draft), StringComparer.Ordinal).Count() + Lines(draft).Except(Lines(note), StringComparer.Ordinal).Count();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
