namespace TenantPortal.Domain.Search;

[Flags]
public enum TokenKinds
{
    None = 0,

    /// <summary>A word in its own spelling, in small letters.</summary>
    Word = 1,

    /// <summary>A whole name or its canonical form: matched exactly, never repaired.</summary>
    Identifier = 2,

    /// <summary>An identifier that someone looks up to find exactly it: error codes, KB numbers, event ids.</summary>
    Code = 4,

    /// <summary>Neither stemmed nor repaired.</summary>
    Protected = 8,

    /// <summary>Another reading of text that other tokens cover; takes no place of its own.</summary>
    Overlay = 16,
}

/// <summary>One reading of a stretch of the original text; <paramref name="Position"/> counts words.</summary>
public readonly record struct Token(string Text, string Stem, TokenKinds Kinds, int Position, int Start, int Length)
{
    /// <summary>What is known of the word, where the token says nothing else.</summary>
    internal WordForm? Form { get; init; }

    public bool IsWord => (Kinds & TokenKinds.Word) != TokenKinds.None;

    public bool IsIdentifier => (Kinds & TokenKinds.Identifier) != TokenKinds.None;

    public bool IsCode => (Kinds & TokenKinds.Code) != TokenKinds.None;

    public bool IsProtected => (Kinds & TokenKinds.Protected) != TokenKinds.None;

    public bool IsOverlay => (Kinds & TokenKinds.Overlay) != TokenKinds.None;
}

/// <summary>The tokens of one text, and whether its middle was too long to be read.</summary>
public sealed record Analysis(IReadOnlyList<Token> Tokens, bool IsTruncated);
