using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

/// <summary>The category of a report: a form's own, else the one for which the most words speak.</summary>
internal sealed record CategoryChoice(string Id, string Title, string Queue, string? RunnerUp, IReadOnlyList<VerdictCandidate> Candidates, VerdictReason Reason)
{
    public const string Fallback = Verdict.NoCategory, FallbackQueue = "service-desk";
    private const int Candidacies = 3;

    public static CategoryChoice Of(Report report, TriageReading reading, TriageWords words)
    {
        var scores = Weigh(reading, words.Rules.Categories.Count);
        int[] ranked = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i].Points > 0).OrderByDescending(i => scores[i].Points).ThenByDescending(i => scores[i].Strong).ThenBy(i => i)];
        VerdictCandidate[] candidates = [.. ranked.Take(Candidacies).Select(i => new VerdictCandidate(words.Rules.Categories[i].Id, scores[i].Points))];
        var runnerUp = candidates.Length > 1 ? candidates[1].Category : null;

        if (report.FormCategory is { } form)
        {
            var own = words.Category(form);
            return new(form, own?.Title ?? form, own?.Queue ?? FallbackQueue, candidates.FirstOrDefault(c => c.Category != form)?.Category, candidates, new("category", "form", $"The request form belongs to “{own?.Title ?? form}”."));
        }
        if (ranked.Length == 0)
        {
            var other = words.Category(Fallback);
            return new(Fallback, other?.Title ?? "Something else", other?.Queue ?? FallbackQueue, null, candidates, new("category", "default", "No word of the report belongs to a category."));
        }
        var best = words.Rules.Categories[ranked[0]];
        var next = ranked.Length > 1 ? $"; next is {words.Rules.Categories[ranked[1]].Title} with {scores[ranked[1]].Points}" : "";
        var sentence = $"{Quoted(scores[ranked[0]].Phrases)} {(scores[ranked[0]].Phrases.Count == 1 ? "speaks" : "speak")} for {best.Title} ({scores[ranked[0]].Points} points{next}).";
        return new(best.Id, best.Title, best.Queue, runnerUp, candidates, new("category", "words", sentence));
    }

    public static string Quoted(IEnumerable<string> phrases)
    {
        string[] quoted = [.. phrases.Take(4).Select(p => $"“{p}”")];
        return quoted.Length < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted[..^1])} and {quoted[^1]}";
    }

    private static Score[] Weigh(TriageReading reading, int categories)
    {
        var scores = new Score[categories];
        for (var i = 0; i < categories; i++) scores[i] = new();
        var counted = new HashSet<(int, WordKind, string)>();
        foreach (var match in reading.Matches)
            if (match.Value.Category >= 0 && counted.Add((match.Value.Category, match.Value.Kind, match.Value.Key))) scores[match.Value.Category].Count(match.Value.Kind, Weight(match, reading), reading.Said(match));
        return scores;
    }

    // what is said to fail tells more than how it fails: "till frozen" is about a till
    private static int Weight(PhraseMatch<RuleWord> match, TriageReading reading)
    {
        if (reading.Signs.Subjects.Find(s => s.First <= match.Last && s.Last >= match.First) is not { } named) return 1;
        if (named.System is { } system) return reading.Signs.TroubleOf(system).Count > 0 ? 5 : 1;
        return reading.Signs.Trouble.Exists(t => t.Of == named) ? 2 : 1;
    }

    private sealed class Score
    {
        public int Points { get; private set; }
        public int Strong { get; private set; }
        public List<string> Phrases { get; } = [];

        public void Count(WordKind kind, int weight, string said)
        {
            Points += kind switch { WordKind.Strong => 3, WordKind.Word => weight, WordKind.Against => -3, _ => 0 };
            if (kind == WordKind.Against) return;
            if (kind == WordKind.Strong) Phrases.Insert(Strong++, said);
            else Phrases.Add(said);
        }
    }
}
