using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>The words of the texts that are read in a row, each worked out and numbered once: most words of a guide stand in the guide before. For one thread at a time.</summary>
public sealed class WordForms
{
    // a library's words; beyond that they are hardly met twice
    private const int Most = 50_000;
    private readonly Dictionary<string, WordForm> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordForm>.AlternateLookup<ReadOnlySpan<char>> byLetters;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public WordForms()
    {
        byLetters = known.GetAlternateLookup<ReadOnlySpan<char>>();
        Writer = new TokenWriter(this);
    }

    internal TokenWriter Writer { get; }

    internal TermCounts Counts { get; } = new();

    /// <summary>The numbered texts: words, stems and identifiers as in <see cref="Term"/>.</summary>
    internal List<string> Texts { get; } = [];

    internal WordForm Of(ReadOnlySpan<char> word)
    {
        if (byLetters.TryGetValue(word, out var form)) return form;
        form = WordForm.Of(word);
        if (known.Count < Most) byLetters[word] = form;
        return form;
    }

    /// <summary>The numbers of a word and of its stem.</summary>
    internal (int Word, int Stem) Numbers(in Token token)
    {
        if (token.Form is not { } form) return (Number(token.Text), Number(Term.Stem(token.Stem)));
        if (form.Number < 0) (form.Number, form.StemNumber) = (Number(form.Text), Number(Term.Stem(form.Stem)));
        return (form.Number, form.StemNumber);
    }

    internal int Number(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, text, out var isKnown);
        if (isKnown) return number;
        number = Texts.Count;
        Texts.Add(text);
        return number;
    }
}
