namespace TenantPortal.Domain.Search;

/// <summary>One reading of a stretch of text, and what this library makes of it.</summary>
/// <param name="IsKnown">Whether a document has it.</param>
/// <param name="ReadAs">What an unknown word is taken for, nearest first.</param>
/// <param name="SameAs">Other ways to say it, or the phrase that begins with it, by the client's glossary.</param>
public sealed record ReadWord(string Text, string Stem, TokenKinds Kinds, bool IsKnown, IReadOnlyList<string> ReadAs, IReadOnlyList<string> SameAs);

public sealed partial class SearchSnapshot
{
    private const int MostRead = 3;

    /// <summary>How a text is cut and read, in the order of the text.</summary>
    public IReadOnlyList<ReadWord> Preview(string? text)
    {
        var tokens = Analyzer.Analyse(text).Tokens;
        var words = tokens.Where(token => token.IsWord && !token.IsOverlay).ToList();
        var place = 0;
        var read = new List<ReadWord>(tokens.Count);
        foreach (var token in tokens)
        {
            var isNext = place < words.Count && words[place].Equals(token);
            IReadOnlyList<string> same = isNext && synonyms.At(words, place) is { } meaning ? [.. meaning.Others.Select(other => string.Join(' ', other.Select(word => word.Text)))] : [];
            if (isNext) place++;
            var isKnown = token.IsWord ? Index.FindStem(token.Stem) >= 0 || Index.Find(token.Text) >= 0 : Index.Find(Term.Identifier(token.Text)) >= 0;
            var mayBeMistyped = !isKnown && isNext && !token.IsProtected && token.Text.All(char.IsLetter);
            read.Add(new ReadWord(token.Text, token.Stem, token.Kinds, isKnown, mayBeMistyped ? [.. Index.Spelling.Near(token.Text, MostRead).Select(near => near.Word)] : [], same));
        }

        return read;
    }

    /// <summary>What the index takes of memory, estimated from its arrays.</summary>
    public long Bytes => Index.Bytes + (letters.IsValueCreated ? Letters.Bytes : 0) + (Latent?.Bytes ?? 0) + documents.Select((document, number) => 8L * document.Frequencies.Length + 8L * termsOf[number].Length + 6L * orderOf[number].Length).Sum();
}
