using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>Who reads: a contact, a client's manager, or an engineer of a tier; each sees an index made of nothing else than its own guides and steps.</summary>
public enum ReaderClass { Contact, Manager, Tier1, Tier2, Tier3 }

/// <summary>A published guide as the index keeps it: what a list shows, and one analysed document for each class that may read it.</summary>
public sealed record IndexedGuide
{
    public required Guid RunbookId { get; init; }
    public required string VersionHash { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string Category { get; init; }
    public required int Minutes { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateOnly? ReviewBy { get; init; }
    /// <summary>Slugs of the guides that this one replaces.</summary>
    public required IReadOnlyList<string> Supersedes { get; init; }
    /// <summary>How many tickets that it solved it has learned from.</summary>
    public required int Lessons { get; init; }
    public required IReadOnlyDictionary<string, OpenVariable> OpenVariables { get; init; }
    public required IReadOnlyDictionary<ReaderClass, AnalysedDocument> Documents { get; init; }

    public bool IsFor(ReaderClass reader) => Documents.ContainsKey(reader);

    /// <param name="lessons">What the tickets that it solved say, newest first.</param>
    public static IndexedGuide Of(PublishedRunbook guide, IReadOnlyList<Lesson> lessons, WordForms forms)
    {
        var (toContacts, toStaff) = (LearnedWords.Field(lessons, LearnedWords.PeopleForContacts), LearnedWords.Field(lessons, people: 1));
        var documents = new Dictionary<ReaderClass, AnalysedDocument>();
        AnalysedDocument? before = null;
        var (stepsBefore, learnedBefore) = (-1, "");
        foreach (var reader in Enum.GetValues<ReaderClass>().Where(reader => GuideSight.MayRead(reader, guide)))
        {
            // sight only widens from class to class, so an equal number of steps is the same text
            var (steps, learned) = (GuideSight.Steps(reader, guide), GuideSight.IsStaff(reader) ? toStaff : toContacts);
            if (before is null || steps.Count != stepsBefore || learned != learnedBefore) before = AnalysedDocument.Of(Document(guide, steps, learned), forms);
            (documents[reader], stepsBefore, learnedBefore) = (before, steps.Count, learned);
        }
        return new()
        {
            RunbookId = guide.RunbookId, VersionHash = guide.VersionHash, Slug = guide.Slug, Title = guide.Title, Summary = guide.Summary, Category = guide.Category, Minutes = guide.Content.Minutes,
            PublishedAt = guide.PublishedAt, ReviewBy = guide.Content.ReviewBy, Supersedes = guide.Content.Supersedes, Lessons = lessons.Count, OpenVariables = guide.Content.OpenVariables, Documents = documents,
        };
    }

    private static SearchDocument Document(PublishedRunbook guide, IReadOnlyList<PublishedStep> steps, string learned) => new()
    {
        Id = guide.RunbookId.ToString("n"),
        Title = GuideMarkers.Strip(guide.Title),
        Symptoms = [.. guide.Content.Symptoms.Select(GuideMarkers.Strip)],
        ErrorCodes = guide.Content.ErrorCodes,
        Steps = [.. steps.Select(s => GuideMarkers.Strip(s.Text))],
        Body = GuideMarkers.Strip($"{guide.Summary}\n{guide.Content.BodyText}"),
        Learned = learned,
        Audience = guide.Audience.Any(a => a is not Domain.Knowledge.Audience.Agent) ? Domain.Search.Audience.Contacts | Domain.Search.Audience.Staff : Domain.Search.Audience.Staff,
        MinimumTier = guide.MinTier,
        AppliesTo = new(guide.Content.AppliesTo.Os, guide.Content.AppliesTo.App, guide.Content.AppliesTo.Device),
    };
}
