namespace TenantPortal.Domain.Knowledge;

/// <summary>What a value of each type may look like: text, url (https:), email, phone, number. At most 500 characters, no control signs, no braces of a variable.</summary>
public static class VariableShape
{
    public static bool Fits(string type, string value)
    {
        if (value.Length is 0 or > 500 || value.Contains("{{", StringComparison.Ordinal) || value.Contains("}}", StringComparison.Ordinal)) return false;
        if (value.Any(c => char.IsControl(c) || c is >= '\uE000' and <= '\uF8FF')) return false;
        return type switch
        {
            "url" => IsLink(value),
            "email" => value.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == value.LastIndexOf('@') && at < value.Length - 1 && !value.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '?' or '&' or ',' or ';'),
            "phone" => value.Count(char.IsAsciiDigit) >= 3 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '.' or '/'),
            "number" => decimal.TryParse(value, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => true,
        };
    }

    private static bool IsLink(string value) => Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps && link.Host.Length > 0 && link.UserInfo.Length == 0 && !value.Any(c => char.IsWhiteSpace(c) || c is '"' or '<' or '>' or '\\');
}
