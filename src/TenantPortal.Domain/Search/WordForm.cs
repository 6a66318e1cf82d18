using System.Text;

namespace TenantPortal.Domain.Search;

/// <summary>What a word is wherever it stands.</summary>
internal sealed class WordForm
{
    private const int UsualLength = 200;

    public required string Text { get; init; }

    public required string Stem { get; init; }

    public required TokenKinds Kinds { get; init; }

    /// <summary>The words that a contraction stands for.</summary>
    public string[]? Full { get; init; }

    /// <summary>The spelling with ue for ü, where it is another.</summary>
    public string? Spelled { get; init; }

    /// <summary>Written in capitals that make it a name, such as IT.</summary>
    public bool IsName { get; init; }

    /// <summary>Among the texts of documents that are read in a row, or -1.</summary>
    public int Number { get; set; } = -1;

    public int StemNumber { get; set; } = -1;

    public static WordForm Of(ReadOnlySpan<char> span)
    {
        var lower = Lower(span);
        if (WordLists.Contractions.TryGetValue(lower, out var full)) return new WordForm { Text = lower, Stem = lower, Kinds = TokenKinds.Word, Full = full };
        var isProtected = WordLists.Protected.Contains(lower);
        var folded = Folding.Fold(lower);
        return new WordForm
        {
            Text = lower,
            Stem = isProtected ? folded : EnglishStem.Of(folded),
            Kinds = isProtected ? TokenKinds.Word | TokenKinds.Protected : TokenKinds.Word,
            Spelled = Folding.Spelled(lower) is { } spelled && spelled != folded ? spelled : null,
            IsName = WordLists.Capitals.Contains(lower) && span.SequenceEqual(lower.ToUpperInvariant()),
        };
    }

    public static string Lower(ReadOnlySpan<char> span)
    {
        if (!Ascii.IsValid(span)) return span.ToString().ToLowerInvariant();
        Span<char> lower = stackalloc char[UsualLength];
        if (span.Length > lower.Length) return span.ToString().ToLowerInvariant();
        Ascii.ToLower(span, lower, out var written);
        return lower[..written].ToString();
    }
}
