namespace TenantPortal.Domain.Search;

/// <summary>How probably the first hit is what was asked for.</summary>
internal static class Trust
{
    // logistic regression on the half of the public questions that constants may be chosen on, each asked a second time at half weight of a library
    // without its answer: a person's question may have none
    private const double Base = -4.2;
    private const double OfClearness = 5.4;
    private const double OfStrength = 1.1;
    private const double OfLength = 1;

    // a first hit that has twice the score of the second is as clear as it gets
    private const double ClearMargin = 0.5;

    // below this the words in common are an accident
    private const double LeastStrength = 0.05;

    /// <summary>From the share of the query that the first hit covers together with its lead over the second, from how well its words are met, and from how much the query says.</summary>
    public static double In(List<Hit> hits, Ranking ranking, int concepts)
    {
        var (first, second) = (hits[0], hits.Count > 1 ? hits[1].Score : 0);
        var margin = Math.Min(1, (first.Score - second) / first.Score / ClearMargin);
        var clearness = Math.Sqrt(ranking.Coverage(first.Document) * margin);
        var evidence = Base + OfClearness * clearness + OfStrength * Math.Log(LeastStrength + ranking.Strength(first.Document)) + OfLength * Math.Log(1 + concepts);
        return 1 / (1 + Math.Exp(-evidence));
    }
}
