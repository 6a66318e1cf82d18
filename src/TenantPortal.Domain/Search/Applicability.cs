namespace TenantPortal.Domain.Search;

/// <summary>Whether a document speaks of what the person has: 0 never, 1 perhaps, above 1 expressly.</summary>
internal static class Applicability
{
    public static float Of(AppliesTo document, SearchOptions options)
    {
        var only = Match(document, options.Only);
        if (only < 0) return 0;
        return only > 0 || Match(document, options.Prefer) > 0 ? Weights.MatchingAppliesTo : 1;
    }

    /// <summary>-1 for a contradiction, 0 where either is silent, 1 for a match without contradiction.</summary>
    private static int Match(AppliesTo document, AppliesTo wanted)
    {
        if (ReferenceEquals(wanted, AppliesTo.Anything)) return 0;
        var systems = Match(document.Systems, wanted.Systems);
        var apps = Match(document.Apps, wanted.Apps);
        var devices = Match(document.Devices, wanted.Devices);
        return Math.Min(systems, Math.Min(apps, devices)) < 0 ? -1 : Math.Max(systems, Math.Max(apps, devices));
    }

    private static int Match(IReadOnlyList<string> document, IReadOnlyList<string> wanted)
    {
        if (document.Count == 0 || wanted.Count == 0) return 0;
        foreach (var one in document)
            foreach (var other in wanted)
                if (Includes(one, other) || Includes(other, one)) return 1;
        return -1;
    }

    /// <summary>Windows includes Windows 11, not Windowsill.</summary>
    private static bool Includes(string wide, string narrow) =>
        narrow.StartsWith(wide, StringComparison.OrdinalIgnoreCase) && (narrow.Length == wide.Length || !char.IsLetterOrDigit(narrow[wide.Length]));
}
