namespace TenantPortal.Domain.Search;

/// <summary>Takes a score apart again: which word met what, in which field, for how much.</summary>
internal static class Explanation
{
    public static IReadOnlyList<MatchReason> Of(SearchSnapshot snapshot, QueryPlan plan, int document, float letters, float topic)
    {
        var reasons = new List<MatchReason>();
        foreach (var concept in plan.Concepts)
            if (Best(snapshot, concept, document) is { } clause) Add(snapshot, concept, clause, document, reasons);
        foreach (var pair in plan.Pairs)
            if (PhraseFinder.Follows(snapshot, document, pair.First, pair.Second)) reasons.Add(new MatchReason(pair.Text, pair.Text, MatchKind.Neighbours, null, pair.Worth));
        // neither belongs to one word: the whole query has stretches of letters, and a subject
        if (letters > 0) reasons.Add(new MatchReason("", "", MatchKind.Letters, null, letters));
        if (topic > 0) reasons.Add(new MatchReason("", "", MatchKind.Topic, null, topic));
        return [.. reasons.OrderByDescending(reason => reason.Score).ThenBy(reason => reason.Word, StringComparer.Ordinal)];
    }

    private static Clause? Best(SearchSnapshot snapshot, Concept concept, int document)
    {
        Clause? best = null;
        float most = 0;
        foreach (var clause in concept.Clauses)
        {
            var score = clause.Sources.Sum(source => Score(snapshot, source, document));
            if (score > most) (best, most) = (clause, score);
        }

        return best;
    }

    private static void Add(SearchSnapshot snapshot, Concept concept, Clause clause, int document, List<MatchReason> reasons)
    {
        var scale = snapshot.Index.Scale(snapshot.Document(document));
        foreach (var source in clause.Sources)
        {
            if (source.Phrase is not null)
            {
                if (Score(snapshot, source, document) is > 0 and var score) reasons.Add(new MatchReason(concept.Text, source.Text, source.Kind, null, concept.Weight * score));
                continue;
            }

            var local = Array.IndexOf(snapshot.TermsOf(document), source.Term);
            if (local < 0) continue;
            var counts = snapshot.Document(document).Frequencies[local];
            foreach (var field in Enum.GetValues<SearchField>())
                if (scale.Of(counts, field) is > 0 and var share)
                    reasons.Add(new MatchReason(concept.Text, source.Text, source.Kind, field, concept.Weight * source.Weight * snapshot.Index.IdfOf(source.Term) * share));
        }
    }

    private static float Score(SearchSnapshot snapshot, Source source, int document)
    {
        if (source.Phrase is { } phrase)
        {
            for (var i = 0; i < phrase.Documents.Length; i++)
                if (phrase.Documents[i] == document) return phrase.Scores[i] * source.Weight;
            return 0;
        }

        var at = snapshot.Index.Documents(source.Term).BinarySearch(document);
        return at < 0 ? 0 : snapshot.Index.Impacts(source.Term)[at] * source.Weight;
    }
}
