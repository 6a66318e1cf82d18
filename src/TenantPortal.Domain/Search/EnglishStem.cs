namespace TenantPortal.Domain.Search;

/// <summary>The stem of an English word after M. F. Porter, "An algorithm for suffix stripping" (1980); other words come back unchanged.</summary>
internal static class EnglishStem
{
    // rules by the last letter of their suffix: most words end in a letter that no suffix ends in
    private static readonly (string Suffix, string With)[][] Doubles = ByLastLetter(
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("entli", "ent"),
        ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
        ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ]);

    private static readonly (string Suffix, string With)[][] Ends =
        ByLastLetter([("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")]);

    private static readonly (string Suffix, string With)[][] Tails = ByLastLetter(
        [.. ((string[])["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"]).Select(suffix => (suffix, ""))]);

    public static string Of(string word)
    {
        if (word.Length is < 3 or > 40) return word;
        Span<char> letters = stackalloc char[word.Length + 2];
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] is < 'a' or > 'z') return word;
            letters[i] = word[i];
        }

        var length = Plural(letters, word.Length);
        length = PastAndGerund(letters, length);
        if (letters[length - 1] == 'y' && HasVowel(letters[..(length - 1)])) letters[length - 1] = 'i';
        length = Replace(letters, length, Doubles);
        length = Replace(letters, length, Ends);
        length = Tail(letters, length);
        length = LastE(letters, length);
        var stem = letters[..length];
        return stem.SequenceEqual(word) ? word : stem.ToString();
    }

    private static (string Suffix, string With)[][] ByLastLetter((string Suffix, string With)[] rules) =>
        [.. Enumerable.Range('a', 26).Select(letter => rules.Where(rule => rule.Suffix[^1] == letter).ToArray())];

    private static int Plural(Span<char> word, int length)
    {
        var text = word[..length];
        if (text[^1] != 's' || text.EndsWith("ss")) return length;
        return text.EndsWith("sses") || text.EndsWith("ies") ? length - 2 : length - 1;
    }

    private static int PastAndGerund(Span<char> word, int length)
    {
        var text = word[..length];
        if (text.EndsWith("eed")) return Measure(text[..^3]) > 0 ? length - 1 : length;
        var cut = text.EndsWith("ed") && HasVowel(text[..^2]) ? 2 : text.EndsWith("ing") && HasVowel(text[..^3]) ? 3 : 0;
        if (cut == 0) return length;
        length -= cut;
        text = word[..length];
        var repair = text.EndsWith("at") || text.EndsWith("bl") || text.EndsWith("iz");
        if (!repair && length > 1 && text[^1] == text[^2] && IsConsonant(text, length - 1)) return text[^1] is 'l' or 's' or 'z' ? length : length - 1;
        if (!repair && !(Measure(text) == 1 && EndsShort(text))) return length;
        word[length] = 'e';
        return length + 1;
    }

    private static int Replace(Span<char> word, int length, (string Suffix, string With)[][] rules)
    {
        foreach (var (suffix, with) in rules[word[length - 1] - 'a'])
        {
            if (!word[..length].EndsWith(suffix)) continue;
            var root = length - suffix.Length;
            if (Measure(word[..root]) == 0) return length;
            with.CopyTo(word[root..]);
            return root + with.Length;
        }

        return length;
    }

    private static int Tail(Span<char> word, int length)
    {
        foreach (var (suffix, _) in Tails[word[length - 1] - 'a'])
        {
            if (!word[..length].EndsWith(suffix)) continue;
            var root = length - suffix.Length;
            if (suffix == "ion" && (root == 0 || word[root - 1] is not ('s' or 't'))) return length;
            return Measure(word[..root]) > 1 ? root : length;
        }

        return length;
    }

    private static int LastE(Span<char> word, int length)
    {
        if (word[length - 1] == 'e')
        {
            var measure = Measure(word[..(length - 1)]);
            if (measure > 1 || measure == 1 && !EndsShort(word[..(length - 1)])) length--;
        }

        return length > 1 && word[length - 1] == 'l' && word[length - 2] == 'l' && Measure(word[..length]) > 1 ? length - 1 : length;
    }

    private static bool IsConsonant(ReadOnlySpan<char> word, int at) => word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => at == 0 || !IsConsonant(word, at - 1),
        _ => true,
    };

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
            if (!IsConsonant(word, i)) return true;
        return false;
    }

    /// <summary>How many times a vowel is followed by a consonant.</summary>
    private static int Measure(ReadOnlySpan<char> word)
    {
        var measure = 0;
        var vowel = false;
        for (var i = 0; i < word.Length; i++)
        {
            var consonant = IsConsonant(word, i);
            if (consonant && vowel) measure++;
            vowel = !consonant;
        }

        return measure;
    }

    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2 && IsConsonant(word, word.Length - 1) && !IsConsonant(word, word.Length - 2) && IsConsonant(word, word.Length - 3)
        && word[^1] is not ('w' or 'x' or 'y');
}
