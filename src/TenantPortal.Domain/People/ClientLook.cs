using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

/// <summary>What the portal of one client says and wears, as a person edits it; every text may be empty.</summary>
public sealed record LookWishes(string Theme, string Accent, string? Phone, string? Hours, string? Welcome, string? Notice);

/// <summary>How one client's portal looks and greets, edited in the browser.</summary>
public sealed class ClientLook : ITenantOwned
{
    public const int PhoneLength = 40, HoursLength = 120, WelcomeLength = 300, NoticeLength = 500;

    public required TenantId TenantId { get; init; }
    public string Theme { get; set; } = "default";
    /// <summary>#RRGGBB as chosen; pages use a value corrected for contrast.</summary>
    public string Accent { get; set; } = "#1F5FBF";
    public string? LogoSvg { get; set; }
    public string? Phone { get; set; }
    public string? Hours { get; set; }
    public string? Welcome { get; set; }
    public string? Notice { get; set; }
    /// <summary>Grows with each change, so that the client's stylesheet has one address per version.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Takes the wishes made on top of the version that the person saw, and the new logo where one is given.</summary>
    public Refusal? Change(LookWishes wishes, int seen, string? newLogoSvg, bool removeLogo)
    {
        if (seen != Version) return new("Someone else changed this look while you edited it. Yours is still on this page: reload in another tab to see theirs, then save again here.");
        if (AccentColour.Read(wishes.Accent) is not { } accent) return new($"The colour {wishes.Accent} is not understood. Write it as # and six digits or letters from A to F, such as #1F5FBF.");
        if (TooLong(wishes) is { } refusal) return refusal;
        (Theme, Accent) = (wishes.Theme, accent.Chosen.ToString());
        (Phone, Hours, Welcome, Notice) = (Trim(wishes.Phone), Trim(wishes.Hours), Trim(wishes.Welcome), Trim(wishes.Notice));
        LogoSvg = newLogoSvg ?? (removeLogo ? null : LogoSvg);
        Version++;
        return null;
    }

    private static Refusal? TooLong(LookWishes wishes)
    {
        foreach (var (name, text, limit) in new[] { ("phone number", wishes.Phone, PhoneLength), ("hours", wishes.Hours, HoursLength), ("welcome", wishes.Welcome, WelcomeLength), ("notice", wishes.Notice, NoticeLength) })
            if (text?.Trim().Length > limit) return new($"The {name} has {text.Trim().Length} characters, the limit is {limit}. Shorten it; nothing was saved yet and your text is still here.");
        return null;
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
