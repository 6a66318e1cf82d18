using System.Collections.Frozen;

namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>What people call a credential, and the words around it that say whether one is given.</summary>
internal static class SecretWords
{
    /// <summary>Password: anything may be one. Pin: figures. Key: long and mixed. Login: a name and a password follow. Code: figures, when a word before says of what kind.</summary>
    public enum Name { Password, Short, Pin, Key, Login, Code }

    private static readonly FrozenDictionary<string, Name> Names = new Dictionary<string, Name>(StringComparer.OrdinalIgnoreCase)
    {
        ["password"] = Name.Password, ["passwort"] = Name.Password, ["passwd"] = Name.Password, ["pasword"] = Name.Password, ["passwrod"] = Name.Password, ["passphrase"] = Name.Password, ["passcode"] = Name.Password, ["kennwort"] = Name.Password, ["wachtwoord"] = Name.Password, ["contraseña"] = Name.Password, ["senha"] = Name.Password, ["pwd"] = Name.Password, ["userpass"] = Name.Password, ["psk"] = Name.Password, ["haslo"] = Name.Password, ["hasło"] = Name.Password, ["lösenord"] = Name.Password,
        ["pass"] = Name.Short, ["pw"] = Name.Short, ["pword"] = Name.Short, ["passe"] = Name.Short, ["p/w"] = Name.Short,
        ["pin"] = Name.Pin,
        ["token"] = Name.Key, ["secret"] = Name.Key, ["apikey"] = Name.Key, ["api_key"] = Name.Key, ["access_key"] = Name.Key, ["secret_key"] = Name.Key, ["private_key"] = Name.Key, ["accesskey"] = Name.Key, ["secretkey"] = Name.Key, ["clientsecret"] = Name.Key, ["bearer"] = Name.Key, ["key"] = Name.Key, ["authtoken"] = Name.Key, ["accesstoken"] = Name.Key,
        ["login"] = Name.Login, ["logon"] = Name.Login, ["credentials"] = Name.Login, ["creds"] = Name.Login, ["credential"] = Name.Login, ["username"] = Name.Login, ["user"] = Name.Login,
        ["code"] = Name.Code, ["otp"] = Name.Code,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // db_password, spring.datasource.password, aws_secret_access_key, userPassword, ConvertTo-… -Password
    private static readonly (string End, Name Name)[] Ends =
    [
        ("password", Name.Password), ("passwd", Name.Password), ("passphrase", Name.Password), ("_pwd", Name.Password), ("_pass", Name.Password), ("secret", Name.Key), ("token", Name.Key), ("apikey", Name.Key), ("api_key", Name.Key), ("access_key", Name.Key), ("secret_key", Name.Key), ("private_key", Name.Key), ("account_key", Name.Key), ("storagekey", Name.Key),
    ];

    private static readonly FrozenDictionary<string, Name>.AlternateLookup<ReadOnlySpan<char>> ByName = Names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KeyKinds = Set("api access secret account storage subscription private shared wifi wi-fi wlan wpa wpa2 wpa3 network security encryption recovery licence license product activation signing webhook"),
        CodeKinds = Set("verification security one-time onetime sign-in signin sms otp mfa 2fa two-factor authentication authenticator access alarm door gate unlock backup confirmation reset voicemail safe entry"),
        Openers = Set("for of on to in at"), Links = Set("is was are ist war lautet est es är was: now currently still"), Changes = Set("to auf zu"),
        Banned = Set("and but because error message policy expiry if when then so who which that what it he she they we not no un und or than after before until reset expired prompt page link"),
        NoSecret = Set("""
            not no now still also correct incorrect wrong right invalid valid expired expiring required needed necessary different same okay fine good bad new old blank empty null none unknown missing there here too very all both only just again always never
            being been going getting asking working accepted rejected refused locked blocked reset changed forgotten forgot lost disabled enabled stored saved synced encrypted hidden visible shown case sensitive weak strong short long safe secure unsafe compromised leaked
            what which that this these those the a an my your his her our their its it in on at by with for from of and or but if when where why how who via per see below above attached correctly somehow mandatory optional protected prompt manager policy field screen page
            supposed meant likely probably maybe definitely apparently known working longer unable able impossible possible please thanks sent provided given written typed entered used reused identical similar unique default standard temporary permanent personal private public confidential
            true false string text value example sample placeholder redacted removed masked unchanged yes done ok
            """);

    /// <summary>What a word of the text names; null for all other words.</summary>
    public static Name? Of(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 and not 2 or > 60) return null;
        if (ByName.TryGetValue(word, out var name)) return name;
        if (word.Length < 6) return null;
        foreach (var (end, means) in Ends)
            if (word.Length > end.Length && word.EndsWith(end, StringComparison.OrdinalIgnoreCase) && (end[0] == '_' || word[^(end.Length + 1)] is '_' or '-' or '.' || char.IsUpper(word[^end.Length]) || word.EndsWith("key", StringComparison.OrdinalIgnoreCase))) return means;
        return null;
    }

    public static bool IsKeyKind(ReadOnlySpan<char> word) => KeyKinds.Contains(word);
    public static bool IsCodeKind(ReadOnlySpan<char> word) => CodeKinds.Contains(word);
    public static bool Opens(ReadOnlySpan<char> word) => Openers.Contains(word);
    public static bool IsLink(ReadOnlySpan<char> word) => Links.Contains(word);
    public static bool IsChange(ReadOnlySpan<char> word) => Changes.Contains(word);
    public static bool BreaksOff(ReadOnlySpan<char> word) => Banned.Contains(word);

    /// <summary>An ordinary word where a password might stand: "is expired", "is not working".</summary>
    public static bool IsOrdinary(ReadOnlySpan<char> word) =>
        NoSecret.Contains(word) || word.EndsWith("ed", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ing", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ly", StringComparison.OrdinalIgnoreCase) || word.EndsWith("able", StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
