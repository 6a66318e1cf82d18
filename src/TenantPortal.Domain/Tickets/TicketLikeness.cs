using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Tickets;

/// <summary>How alike two tickets of one client are, in points: the system counts 3, the category 2, the site 1, each word of the subject 2.</summary>
public sealed class TicketLikeness(string subject, string category, string? system, SiteId? site)
{
    /// <summary>Below this, only the category is the same.</summary>
    public const int Least = 3;
    private const int ShortestWord = 3;

    private readonly HashSet<string> words = Words(subject);

    public int To(string otherSubject, string otherCategory, string? otherSystem, SiteId? otherSite)
    {
        var points = otherCategory == category ? 2 : 0;
        if (system is not null && otherSystem == system) points += 3;
        var shared = Words(otherSubject).Count(words.Contains);
        if (site is not null && otherSite == site && shared > 0) points++;
        return points + 2 * shared;
    }

    private static HashSet<string> Words(string subject) => [.. PlainWords.Of(subject).Where(w => w.Raw.Length >= ShortestWord && !Empty.Contains(w.Raw)).Select(w => w.Stem)];

    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "the", "and", "for", "with", "not", "can", "cant", "cannot", "wont", "does", "doesnt", "dont", "has", "have", "was", "are", "its", "this", "that", "from", "our", "your", "you", "all", "any", "since", "after", "when",
        "new", "need", "needs", "please", "help", "problem", "issue", "working", "work", "again", "still", "into", "out", "off", "der", "die", "das", "und", "nicht", "ist", "ein", "eine", "mit", "seit",
    };
}
