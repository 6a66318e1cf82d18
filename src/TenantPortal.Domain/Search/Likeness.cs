namespace TenantPortal.Domain.Search;

/// <summary>The query that a document is for its likes: its most telling stems and names, which holds in a library of twenty too.</summary>
internal static class Likeness
{
    private const int TellingTerms = 25;
    private const int TitleCounts = 3;

    public static QueryPlan PlanFor(SearchSnapshot snapshot, int number)
    {
        var document = snapshot.Document(number);
        var terms = snapshot.TermsOf(number);
        var telling = new List<(int Local, float Worth)>();
        for (var local = 0; local < terms.Length; local++)
        {
            var text = snapshot.Index.Text(terms[local]);
            if (Term.IsWord(text) || snapshot.Index.Frequency(terms[local]) < 2 || IsEveryday(text)) continue;
            var counts = document.Frequencies[local];
            var learned = Packed.Of(counts, SearchField.Learned);
            var title = Packed.Of(counts, SearchField.Title);
            var all = 0;
            for (var field = 0; field < AnalysedDocument.Fields; field++) all += Packed.Of(counts, (SearchField)field);
            telling.Add((local, MathF.Sqrt(all - learned + TitleCounts * title) * snapshot.Index.IdfOf(terms[local])));
        }

        var plan = new QueryPlan();
        foreach (var (local, worth) in telling.OrderByDescending(term => term.Worth).ThenBy(term => term.Local).Take(TellingTerms))
        {
            var idf = snapshot.Index.IdfOf(terms[local]);
            var text = snapshot.Index.Text(terms[local]);
            var source = new Source(terms[local], 1, text[1..], text[0] == Term.StemSign ? MatchKind.Stem : MatchKind.Name);
            plan.Concepts.Add(new Concept(text[1..], worth / idf, idf, [new Clause([source])]));
        }

        return plan;
    }

    private static bool IsEveryday(string term) => term[0] == Term.StemSign && (WordLists.Stop.Contains(term[1..]) || WordLists.Courtesy.Contains(term[1..]));
}
