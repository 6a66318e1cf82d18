namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>Finds credentials in what people write: tokens known by their shape, key blocks, passwords in addresses, and what stands after "password is".
/// It reads forward and never turns back further than a name is long, so that its time grows with the text alone.</summary>
public static class SecretScan
{
    /// <summary>In the order of the text, none inside another.</summary>
    public static IReadOnlyList<FoundSecret> In(string text)
    {
        if (text.Length < 4) return [];
        var found = new List<FoundSecret>();
        TokenShapes.Find(text, found);
        AddressSecrets.Find(text, found);
        SpokenSecrets.Find(text, found);
        return found.Count < 2 ? found : Apart(found);
    }

    private static List<FoundSecret> Apart(List<FoundSecret> found)
    {
        // two readings of one place are one secret, named after the longer
        found.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length));
        var apart = new List<FoundSecret> { found[0] };
        foreach (var next in found.Skip(1))
        {
            var last = apart[^1];
            if (next.Start >= last.End) { apart.Add(next); continue; }
            var end = Math.Max(last.End, next.End);
            apart[^1] = new(last.Start, end - last.Start, next.Length > last.Length ? next.Kind : last.Kind);
        }
        return apart;
    }
}
