namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>Brings plurals, -ing and -ed forms of a word together; as careful as a rule for short notes must be.</summary>
public static class LightStem
{
    public static string Of(string word)
    {
        var stem = Singular(word);
        if (stem.Length > 5 && stem.EndsWith("ing", StringComparison.Ordinal) && HasVowel(stem, stem.Length - 3)) stem = Undouble(stem[..^3]);
        else if (stem.Length > 4 && stem.EndsWith("ed", StringComparison.Ordinal) && stem[^3] != 'e' && HasVowel(stem, stem.Length - 2)) stem = Undouble(stem[..^2]);
        return stem.Length > 4 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    public static string Singular(string word)
    {
        // the product, not a group of people
        if (word == "teams") return word;
        if (word.Length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i') return word;
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal)) return string.Concat(word.AsSpan(0, word.Length - 3), "y");
        var es = word.Length > 4 && (word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal));
        return word[..^(es ? 2 : 1)];
    }

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o') ? stem[..^1] : stem;

    private static bool HasVowel(string word, int length)
    {
        for (var i = 0; i < length; i++) if (word[i] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or > '\u007f') return true;
        return false;
    }
}
