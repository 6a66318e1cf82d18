namespace TenantPortal.Domain.Search;

/// <summary>Which kinds of characters a run of text holds.</summary>
internal readonly record struct Shape(bool HasLetters, bool HasLower, bool HasDigits, int Slashes, bool HasBackslash, int Underscores, int InnerDots, int Hyphens, bool HasAt, bool HasApostrophe, bool HasOther, bool HasScheme)
{
    public bool HasSigns => Slashes > 0 || HasBackslash || Underscores > 0 || InnerDots > 0 || Hyphens > 0 || HasAt || HasApostrophe || HasOther;

    public bool IsPath => HasBackslash || HasScheme || Slashes > 1;

    public static Shape Of(ReadOnlySpan<char> text)
    {
        bool letters = false, lower = false, digits = false, backslash = false, at = false, apostrophe = false, other = false;
        int slashes = 0, underscores = 0, dots = 0, hyphens = 0;
        foreach (var character in text)
            switch (character)
            {
                case '/': slashes++; break;
                case '\\': backslash = true; break;
                case '_': underscores++; break;
                case '.': dots++; break;
                case '-': hyphens++; break;
                case '@': at = true; break;
                case '\'': apostrophe = true; break;
                case ':' or '#' or '+': other = true; break;
                case >= '0' and <= '9': digits = true; break;
                default:
                    letters = true;
                    lower |= char.IsLower(character);
                    break;
            }

        return new Shape(letters, lower, digits, slashes, backslash, underscores, dots, hyphens, at, apostrophe, other, text.IndexOf("://") > 0);
    }
}
