using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>An earlier ticket of the client, as the rules read it.</summary>
public sealed record RecentTicket(int Number, int DaysAgo, bool SamePerson, bool SameSite, string Category, string? System);

/// <summary>The last 14 days of a client at one site and of one person, without the ticket that is judged.</summary>
public sealed record RecentHistory(IReadOnlyList<RecentTicket> Tickets)
{
    public const int Days = 14;
    /// <summary>So many earlier tickets about the same thing make the next one more urgent.</summary>
    public const int Repeats = 2;
    /// <summary>So many of the person, and of the site, are looked at: more changes nothing about "called twice".</summary>
    public const int Most = 10;

    public static RecentHistory Empty { get; } = new([]);

    /// <summary>Earlier tickets of this person about the same category or system, and of this site about the same system: colleagues with forgotten passwords are no repeat.</summary>
    public IReadOnlyList<RecentTicket> About(string category, string? system) =>
        [.. Tickets.Where(t => t.DaysAgo <= Days && ((t.SamePerson && t.Category == category) || ((t.SamePerson || t.SameSite) && system is not null && t.System == system)))];
}
