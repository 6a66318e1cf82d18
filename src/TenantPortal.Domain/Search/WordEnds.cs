namespace TenantPortal.Domain.Search;

/// <summary>Says at once of most pairs of words that the vocabulary has no word made of both: by a few bits of how words begin, end and how long they are.</summary>
internal sealed class WordEnds
{
    private const int BitsPerWord = 16;
    private readonly ulong[] bits;

    /// <param name="before">What was known of the words before; of words that are gone it may say too much.</param>
    /// <param name="vocabulary">How many words there are room for.</param>
    /// <param name="words">The words to add.</param>
    public WordEnds(WordEnds? before, int vocabulary, IEnumerable<string> words)
    {
        bits = before is null ? new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, vocabulary * BitsPerWord / 64))] : [.. before.bits];
        foreach (var word in words)
            if (word.Length >= 2) Set(Key(word[0], word[1], word[^2], word[^1], word.Length));
    }

    /// <summary>Whether so many words are still told apart well.</summary>
    public bool HasRoomFor(int vocabulary) => vocabulary * (BitsPerWord / 2) <= bits.Length * 64;

    /// <summary>False where no word is the two together; both have two letters at least.</summary>
    public bool MayHave(string first, string second)
    {
        var place = Key(first[0], first[1], second[^2], second[^1], first.Length + second.Length);
        return (bits[place >> 6 & (uint)(bits.Length - 1)] & 1UL << (int)(place & 63)) != 0;
    }

    private void Set(uint place) => bits[place >> 6 & (uint)(bits.Length - 1)] |= 1UL << (int)(place & 63);

    private static uint Key(char first, char second, char third, char fourth, int length) =>
        (uint)((((ulong)first << 48 | (ulong)second << 32 | (ulong)third << 16 | fourth) ^ (ulong)length << 24) * 0x9E3779B97F4A7C15UL >> 32);
}
