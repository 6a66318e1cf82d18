namespace TenantPortal.Domain.Search;

public sealed partial class SearchSnapshot
{
    /// <summary>The stretch of a text that answers a query best, cut at words, with ranges to mark; null where nothing in it was asked for.</summary>
    public Passage? BestPassage(string? text, string? query, int longest = 240)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrWhiteSpace(query)) return null;
        var worth = Worth(QueryPlanner.Plan(this, query, new SearchOptions()));
        var marks = new List<(TextRange Range, string Term, float Worth)>();
        var starts = new List<int>();
        foreach (var token in Analyzer.Analyse(text).Tokens)
        {
            starts.Add(token.Start);
            var term = token.IsIdentifier ? Term.Identifier(token.Text) : Term.Stem(token.Stem);
            if (worth.TryGetValue(term, out var value)) marks.Add((new TextRange(token.Start, token.Length), term, value));
        }

        if (marks.Count == 0) return null;
        marks.Sort(static (left, right) => left.Range.Start.CompareTo(right.Range.Start));
        var (first, last) = Densest(marks, longest);
        return Cut(text, starts, marks, first, last, longest);
    }

    private static Dictionary<string, float> Worth(QueryPlan plan)
    {
        var worth = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var concept in plan.Concepts)
        {
            if (concept.IsEveryday) continue;
            foreach (var source in concept.Clauses.SelectMany(clause => clause.Sources))
            {
                if (source.Kind is MatchKind.Code or MatchKind.Name) worth[Term.Identifier(source.Text)] = concept.Idf;
                else
                    foreach (var token in Analyzer.Analyse(source.Text).Tokens)
                        if (token.IsWord && !WordLists.Stop.Contains(token.Text)) worth.TryAdd(Term.Stem(token.Stem), concept.Idf);
            }
        }

        return worth;
    }

    /// <summary>The window of marks with the most different worth; each term counts once.</summary>
    private static (int First, int Last) Densest(List<(TextRange Range, string Term, float Worth)> marks, int longest)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        float worth = 0, best = -1;
        var window = (First: 0, Last: 0);
        for (int first = 0, last = 0; last < marks.Count; last++)
        {
            if ((counts[marks[last].Term] = counts.GetValueOrDefault(marks[last].Term) + 1) == 1) worth += marks[last].Worth;
            for (; first < last && End(marks[last].Range) - marks[first].Range.Start > longest; first++)
                if (--counts[marks[first].Term] == 0) worth -= marks[first].Worth;
            if (worth > best + 1e-4f) (best, window) = (worth, (first, last));
        }

        return window;
    }

    private static Passage Cut(string text, List<int> starts, List<(TextRange Range, string Term, float Worth)> marks, int first, int last, int longest)
    {
        var from = marks[first].Range.Start;
        var room = Math.Max(0, longest - (End(marks[last].Range) - from));
        // a third of the room before the first mark, so that the sentence is understood
        var earliest = from - room / 3;
        foreach (var start in starts)
            if (start >= earliest && start < from)
            {
                from = start;
                break;
            }

        var to = Math.Min(text.Length, Math.Max(from + longest, End(marks[last].Range)));
        if (to < text.Length && !char.IsWhiteSpace(text[to]))
        {
            var blank = text.LastIndexOf(' ', to - 1, to - from);
            if (blank >= End(marks[last].Range)) to = blank;
        }

        var ranges = new List<TextRange>();
        foreach (var (range, _, _) in marks)
            if (range.Start >= from && End(range) <= to && (ranges.Count == 0 || range.Start >= End(ranges[^1]))) ranges.Add(range);
        return new Passage(from, to - from, ranges);
    }

    private static int End(TextRange range) => range.Start + range.Length;
}
