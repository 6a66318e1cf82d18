namespace TenantPortal.Domain.Search;

/// <summary>What one ticket taught: who wrote it, and its words.</summary>
public sealed record Lesson(Guid Person, IReadOnlyList<string> Words);

/// <summary>What the tickets that a guide solved say, as a field of that guide: plain words and error codes, each as often as different people wrote it.</summary>
public static class LearnedWords
{
    /// <summary>Of one guide the newest so many tickets count, so that it follows its readers.</summary>
    public const int MostTickets = 100;

    /// <summary>A word moves what contacts see from two people on: nobody's own words come back to another.</summary>
    public const int PeopleForContacts = 2;

    // what one ticket, and all together, may say of a guide: no ticket is a library
    private const int MostOfTicket = 60, MostWords = 300, MostTimes = 8, LongestWord = 30, LongestCode = 40, ShortestWord = 3;

    /// <summary>The distinct words of a ticket that may be learned: no names, addresses, hosts or numbers, which say who wrote and not what was wrong.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="names">Names of people, in small letters.</param>
    public static IReadOnlyList<string> Of(string text, IReadOnlySet<string> names)
    {
        var words = new List<string>();
        foreach (var token in Analyzer.Analyse(Plain(text)).Tokens)
        {
            if (words.Count == MostOfTicket) break;
            if (token.IsOverlay ? IsCode(token) : IsLearned(token) && !names.Contains(token.Text))
                if (!words.Contains(token.Text, StringComparer.Ordinal)) words.Add(token.Text);
        }

        return words;
    }

    /// <summary>The field for readers who are shown what at least so many people wrote.</summary>
    public static string Field(IEnumerable<Lesson> lessons, int people)
    {
        var writers = new Dictionary<string, HashSet<Guid>>(StringComparer.Ordinal);
        foreach (var lesson in lessons)
            foreach (var word in lesson.Words)
            {
                if (!writers.TryGetValue(word, out var known)) writers[word] = known = [];
                known.Add(lesson.Person);
            }

        var learned = writers.Where(word => word.Value.Count >= people).OrderByDescending(word => word.Value.Count).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MostWords);
        return string.Join(' ', learned.SelectMany(word => Enumerable.Repeat(word.Key, Math.Min(word.Value.Count, MostTimes))));
    }

    private static bool IsLearned(in Token token) => token.IsWord && token.Text.Length is >= ShortestWord and <= LongestWord && token.Text.All(char.IsLetter) && !WordLists.Stop.Contains(token.Text) && !WordLists.Courtesy.Contains(token.Text);

    // a number alone may be a telephone's
    private static bool IsCode(in Token token) => token.IsCode && token.Text.Length <= LongestCode && char.IsAsciiLetter(token.Text[^1]) | token.Text.StartsWith("0x", StringComparison.Ordinal) && !token.Text.Contains(' ', StringComparison.Ordinal);

    /// <summary>Without runs that name a person, a machine or a place.</summary>
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(run => !IsAddress(run)));

    private static bool IsAddress(string run) => run.Contains('@', StringComparison.Ordinal) || run.Contains("://", StringComparison.Ordinal) || run.Contains('\\', StringComparison.Ordinal) || run.TrimEnd('.', ',', ';', ':', '!', '?').Contains('.', StringComparison.Ordinal);
}
