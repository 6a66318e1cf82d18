using System.Security.Cryptography;
using System.Text;

namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>A credential that was taken out of a text, under the label that stands in its place.</summary>
public sealed record CoveredSecret(SecretKind Kind, string Label, string Plain);

/// <summary>Puts masks where credentials stood, the same mask wherever the same one stood; what it took out is kept to be sealed. A text without any comes back as it is.</summary>
public sealed class SecretCover
{
    private const string MaskStart = "[hidden ";
    private const int LongestMask = 40;
    // no figures, so that a label is never read as a code, and no letters that are mistaken for each other
    private const string LabelLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private readonly List<CoveredSecret> found = [];

    public IReadOnlyList<CoveredSecret> Found => found;

    public string Cover(string text)
    {
        var secrets = SecretScan.In(text);
        if (secrets.Count == 0) return text;
        var covered = new StringBuilder(text.Length);
        var at = 0;
        foreach (var secret in secrets)
        {
            covered.Append(text, at, secret.Start - at).Append(Mask(Keep(secret.Kind, text.Substring(secret.Start, secret.Length))));
            at = secret.End;
        }
        return covered.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>For what is kept without anybody ever needing the credential again, such as the words of a search.</summary>
    public static string Blank(string text) => new SecretCover().Cover(text);

    public static bool Finds(string text) => SecretScan.In(text).Count > 0;

    /// <summary>What stands in the text instead: [hidden password KWPTRA].</summary>
    public static string Mask(CoveredSecret secret) => Mask(secret.Kind, secret.Label);

    public static string Mask(SecretKind kind, string label) => $"{MaskStart}{NameOf(kind)} {label}]";

    /// <summary>The length of the mask that stands there; 0 where none does.</summary>
    internal static int MaskAt(string text, int at)
    {
        if (text[at] != '[' || !text.AsSpan(at).StartsWith(MaskStart, StringComparison.Ordinal)) return 0;
        var end = text.AsSpan(at, Math.Min(LongestMask, text.Length - at)).IndexOf(']');
        return end + 1;
    }

    public static string NameOf(SecretKind kind) => kind switch
    {
        SecretKind.Password => "password", SecretKind.Key => "key", SecretKind.Token => "token", SecretKind.PrivateKey => "private key", SecretKind.Code => "code",
    };

    private CoveredSecret Keep(SecretKind kind, string plain)
    {
        if (found.Find(f => f.Plain == plain) is { } known) return known;
        var secret = new CoveredSecret(kind, RandomNumberGenerator.GetString(LabelLetters, 6), plain);
        found.Add(secret);
        return secret;
    }
}
