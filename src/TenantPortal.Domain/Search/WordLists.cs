using System.Collections.Frozen;

namespace TenantPortal.Domain.Search;

/// <summary>Words that mean less, or something else, than their letters say.</summary>
internal static class WordLists
{
    // function words: kept in the index, nearly weightless in a query that says anything else
    public static readonly FrozenSet<string> Stop = Set(
        "a an and are as at be been being but by did do does done for from had has have he her his how i if in into is it its just me my of on or our so some "
        + "that the their them then there these they this to too us was we were what when where which while who why will with would you your am also any can could "
        + "should shall may might get gets got getting not no "
        + "der die das den dem ein eine einen und oder ist sind war ich wir sie es mit auf im in zu von für nicht mein meine bei");

    // what a polite mail says around its problem
    public static readonly FrozenSet<string> Courtesy = Set(
        "hi hello hey dear please thanks thank regards kind kindly cheers sincerely greetings sorry morning afternoon evening today yesterday since "
        + "hallo bitte danke gruß grüße mfg lg guten tag sehr geehrte urgent asap appreciated help somebody someone anybody anyone");

    // products and names that a stemmer would turn into an everyday word
    public static readonly FrozenSet<string> Protected = Set("teams windows aws dns ios macos sms gps news alias bios chaos citrix atlas kubernetes jenkins redis postgres pages keys notes forms sites meet zoom");

    /// <summary>Written in capitals these are names; in small letters they are pronouns.</summary>
    public static readonly FrozenSet<string> Capitals = Set("it us");

    public static readonly FrozenDictionary<string, string[]> Contractions = new Dictionary<string, string[]>
    {
        ["can't"] = ["cannot"], ["cant"] = ["cannot"], ["won't"] = ["will", "not"], ["wont"] = ["will", "not"], ["shan't"] = ["shall", "not"],
        ["dont"] = ["do", "not"], ["doesnt"] = ["does", "not"], ["didnt"] = ["did", "not"], ["isnt"] = ["is", "not"], ["arent"] = ["are", "not"],
        ["couldnt"] = ["could", "not"], ["wasnt"] = ["was", "not"],
    }.ToFrozenDictionary();

    /// <summary>Names whose sign is part of them; the second is the plain part.</summary>
    public static readonly FrozenDictionary<string, string> Symbols = new Dictionary<string, string>
    {
        ["c#"] = "c", ["f#"] = "f", ["c++"] = "c", ["g++"] = "g", ["notepad++"] = "notepad", [".net"] = "net",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> StopLetters = Stop.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsStop(ReadOnlySpan<char> word) => StopLetters.Contains(word);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
