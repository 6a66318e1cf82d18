using System.Buffers;

namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>The password in an address such as https://name:password@host, and the parameter that carries one.</summary>
internal static class AddressSecrets
{
    private const int LongestName = 300;
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n/?#\"'<>\\,;)(");

    public static void Find(string text, List<FoundSecret> found)
    {
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0 && at < text.Length; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) continue;
            var rest = text.AsSpan(at + 3, Math.Min(LongestName, text.Length - at - 3));
            var end = rest.IndexOfAny(Ends);
            var authority = end < 0 ? rest : rest[..end];
            // a password may hold an @ itself: the last one divides
            var (colon, host) = (authority.IndexOf(':'), authority.LastIndexOf('@'));
            if (colon < 0 || host <= colon + 1 || host == authority.Length - 1) continue;
            var password = authority[(colon + 1)..host];
            if (!SecretValue.IsPlaceholder(password)) found.Add(new(at + 3 + colon + 1, password.Length, SecretKind.Password));
        }
    }
}
