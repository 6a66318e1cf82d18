namespace TenantPortal.Domain.People;

/// <summary>How a person is spoken to.</summary>
public static class PersonName
{
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase) { "Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "Miss", "Mx", "Sir", "Rev", "Herr", "Frau", "Ing", "Dipl" };

    /// <summary>The first name; a title before it is passed over ("Dr Anjali Sen": Anjali). A name that is a title and one word stays whole.</summary>
    public static string First(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = Array.FindIndex(words, word => !Titles.Contains(word.TrimEnd('.')));
        return first <= 0 ? words.Length == 0 ? name : words[0] : first == words.Length - 1 ? name.Trim() : words[first];
    }
}
