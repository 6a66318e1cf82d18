using System.Buffers;

namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>Keys and tokens that say what they are by how they begin.</summary>
internal static class TokenShapes
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", Dashed = Letters + "_-", Dotted = Dashed + ".~", Base64 = Letters + "+/=_-", Escaped = Base64 + "%.";
    private const int LongestToken = 8_192, Judged = 100, LongestKeyBlock = 20_000, FewestDistinct = 7;

    private sealed record Shape(string Start, string Body, int Least, SecretKind Kind = SecretKind.Token)
    {
        /// <summary>What follows is a value after a name: it alone is hidden.</summary>
        public bool IsNamed { get; init; }
        public SearchValues<char> Allowed { get; } = SearchValues.Create(Body);
    }

    private static readonly Shape[] Shapes =
    [
        .. new[] { "AKIA", "ASIA", "ABIA", "ACCA" }.Select(s => new Shape(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16, SecretKind.Key)),
        new("AIza", Dashed, 35, SecretKind.Key), new("ya29.", Dotted, 20), new("GOCSPX-", Dashed, 20, SecretKind.Key),
        .. new[] { "AccountKey=", "SharedAccessKey=", "SharedSecretValue=" }.Select(s => new Shape(s, Base64, 32, SecretKind.Key) { IsNamed = true }), new("sig=", Escaped, 40) { IsNamed = true },
        .. new[] { "ghp_", "gho_", "ghu_", "ghs_", "ghr_" }.Select(s => new Shape(s, Letters, 30)), new("github_pat_", Letters + "_", 30),
        .. new[] { "glpat-", "gloas-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "glsoat-" }.Select(s => new Shape(s, Dotted, 20)),
        .. new[] { "xoxb-", "xoxa-", "xoxp-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xapp-" }.Select(s => new Shape(s, Dotted, 10)), new("hooks.slack.com/services/", Letters + "/", 20) { IsNamed = true }, new("webhook.office.com/webhookb2/", Letters + "-@/", 40) { IsNamed = true }, new("discord.com/api/webhooks/", Dashed + "/", 40) { IsNamed = true },
        .. new[] { "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_" }.Select(s => new Shape(s, Base64, 16, SecretKind.Key)),
        new("sk-", Dashed, 24, SecretKind.Key), new("hf_", Letters, 30), new("gsk_", Letters, 40, SecretKind.Key), new("r8_", Letters, 35, SecretKind.Key),
        new("npm_", Letters, 30), new("pypi-", Dashed, 50), new("dckr_pat_", Dashed, 20), new("dop_v1_", Letters, 60), new("shpat_", Letters, 30), new("shpss_", Letters, 30),
        new("hvs.", Dashed, 24), new("hvb.", Dashed, 24), new("NRAK-", Letters, 25, SecretKind.Key), new("PMAK-", Dashed, 40, SecretKind.Key), new("xkeysib-", Dashed, 40, SecretKind.Key), new("key-", "0123456789abcdef", 32, SecretKind.Key),
        new("SG.", Dotted, 50, SecretKind.Key), new("glsa_", Letters + "_", 35), new("lin_api_", Letters, 32, SecretKind.Key), new("figd_", Dashed, 30), new("sq0csp-", Dashed, 35, SecretKind.Key), new("sq0atp-", Dashed, 20), new("ATATT3", Dashed + "=", 60), new("AGE-SECRET-KEY-1", Letters, 40, SecretKind.Key),
        new("SK", "0123456789abcdef", 32, SecretKind.Key), new("rdme_", Letters, 40), new("tskey-", Dashed, 20, SecretKind.Key), new("CFPAT-", Dashed, 30), new("secret_", Letters, 40), new("ntn_", Letters, 40),
    ];

    private const string Jwt = "eyJ", KeyBlock = "-----BEGIN ", AzureMark = "8Q~", Putty = "PuTTY-User-Key-File";
    private static readonly SearchValues<string> Starts = SearchValues.Create([.. Shapes.Select(s => s.Start), Jwt, KeyBlock, AzureMark, Putty], StringComparison.Ordinal);
    private static readonly SearchValues<char> Wordlike = SearchValues.Create(Dashed), AzureBody = SearchValues.Create(Dotted), JwtBody = SearchValues.Create(Dashed + ".=");
    private static readonly ILookup<char, Shape> ByFirst = Shapes.OrderByDescending(s => s.Start.Length).ToLookup(s => s.Start[0]);

    public static void Find(string text, List<FoundSecret> found)
    {
        for (var at = 0; at < text.Length;)
        {
            var step = text.AsSpan(at).IndexOfAny(Starts);
            if (step < 0) return;
            at += step;
            var secret = At(text, at);
            if (secret is { } one) found.Add(one);
            at = Math.Max(secret?.End ?? 0, at + 1);
        }
    }

    private static FoundSecret? At(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith(KeyBlock, StringComparison.Ordinal)) return Block(text, at);
        if (rest.StartsWith(Putty, StringComparison.Ordinal)) return new(at, Math.Min(text.Length - at, LongestKeyBlock), SecretKind.PrivateKey);
        if (rest.StartsWith(AzureMark, StringComparison.Ordinal)) return Azure(text, at);
        if (at > 0 && Wordlike.Contains(text[at - 1]) && !IsEscape(text, at)) return null;
        if (rest.StartsWith(Jwt, StringComparison.Ordinal)) return Web(text, at);
        foreach (var shape in ByFirst[text[at]])
        {
            if (!rest.StartsWith(shape.Start, StringComparison.Ordinal)) continue;
            // judged by its beginning, so that a text full of beginnings stays cheap
            var length = Run(rest[shape.Start.Length..], shape.Allowed, Judged);
            if (length < shape.Least || IsDull(rest.Slice(shape.Start.Length, length))) continue;
            if (length == Judged) length = Run(rest[shape.Start.Length..], shape.Allowed, LongestToken);
            // sixteen capitals and figures and nothing more; a longer run is something else
            if (shape.Kind == SecretKind.Key && shape.Start is ['A', _, 'I' or 'C', 'A'] && length != shape.Least) continue;
            return shape.IsNamed ? new(at + shape.Start.Length, length, shape.Kind) : new(at, shape.Start.Length + length, shape.Kind);
        }
        return null;
    }

    // written in a program: \nAKIA…
    private static bool IsEscape(string text, int at) => at > 1 && text[at - 2] == '\\' && text[at - 1] is 'n' or 't' or 'r';

    private static FoundSecret? Block(string text, int at)
    {
        var head = text.AsSpan(at, Math.Min(80, text.Length - at));
        if (!head.Contains("PRIVATE KEY", StringComparison.Ordinal)) return null;
        var within = text.AsSpan(at, Math.Min(LongestKeyBlock, text.Length - at));
        var end = within.IndexOf("-----END ", StringComparison.Ordinal);
        if (end < 0) return new(at, within.Length, SecretKind.PrivateKey);   // cut off: what there is of it
        var close = within[(end + 9)..].IndexOf("-----", StringComparison.Ordinal);
        return new(at, close < 0 ? within.Length : end + 9 + close + 5, SecretKind.PrivateKey);
    }

    // three characters, the mark, and at least 31 more
    private static FoundSecret? Azure(string text, int at)
    {
        if (at < 3 || text.AsSpan(at - 3, 3).ContainsAnyExcept(AzureBody) || (at > 3 && AzureBody.Contains(text[at - 4]))) return null;
        var length = Run(text.AsSpan(at + AzureMark.Length), AzureBody, Judged);
        return length < 30 ? null : new(at - 3, 3 + AzureMark.Length + length, SecretKind.Key);
    }

    private static FoundSecret? Web(string text, int at)
    {
        var token = text.AsSpan(at, Run(text.AsSpan(at), JwtBody, LongestToken)).TrimEnd('.');
        var first = token.IndexOf('.');
        var second = first < 0 ? -1 : token[(first + 1)..].IndexOf('.');
        return first < 10 || second < 5 || token.Length - first - second < 12 ? null : new(at, token.Length, SecretKind.Token);
    }

    private static int Run(ReadOnlySpan<char> text, SearchValues<char> allowed, int most)
    {
        if (text.Length > most) text = text[..most];
        var end = text.IndexOfAnyExcept(allowed);
        return end < 0 ? text.Length : end;
    }

    /// <summary>A placeholder such as xxxx or 0000: too few different characters for a real one.</summary>
    internal static bool IsDull(ReadOnlySpan<char> value)
    {
        Span<char> seen = stackalloc char[FewestDistinct];
        var count = 0;
        foreach (var character in value)
        {
            if (seen[..count].Contains(character)) continue;
            seen[count++] = character;
            if (count == FewestDistinct) return false;
        }
        return true;
    }
}
