namespace TenantPortal.Domain.Search;

/// <summary>How surely the first hit is what was asked for.</summary>
internal static class Trust
{
    // a first hit that is a quarter ahead of the second is as clear as it gets
    private const double ClearMargin = 0.25;

    /// <summary>Share of the query's rarity that the hit covers, times one half plus half the margin to the second hit (full from 25 %).</summary>
    public static double In(double first, double second, double coverage)
    {
        if (first <= 0) return 0;
        var margin = Math.Min(1, (first - second) / first / ClearMargin);
        return Math.Clamp(coverage * (0.5 + 0.5 * margin), 0, 1);
    }
}
