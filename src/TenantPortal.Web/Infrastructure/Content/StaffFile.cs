using TenantPortal.Domain.People;

namespace TenantPortal.Web.Infrastructure.Content;

public sealed record MspEntry(string Slug, string Name, string? Phone, string? Hours, string TimeZone);

/// <param name="Clients">Null: all clients; otherwise their slugs.</param>
public sealed record StaffEntry(string Key, string Name, string Email, string? Phone, StaffRoles Roles, int Tier, IReadOnlyList<string>? Clients, string? Title);

/// <summary>Reads staff.yml: the MSP and its people.</summary>
public static class StaffFile
{
    public static (MspEntry Msp, IReadOnlyList<StaffEntry> Staff)? Read(ContentFile file, ContentProblems problems)
    {
        if (YamlTree.ReadMap(file) is not { } map) return null;
        var record = new YamlRecord(file, map);
        var msp = record.Record("msp", required: true) is { } head ? Msp(head) : null;
        var staff = record.Records("staff", required: true).Select(Member).ToList();
        foreach (var twice in staff.GroupBy(s => s.Key).Where(g => g.Count() > 1)) record.Problem("staff", $"The key “{twice.Key}” is there twice.");
        record.Done();
        return problems.Any || msp is null ? null : (msp, staff);
    }

    private static MspEntry Msp(YamlRecord r)
    {
        var msp = new MspEntry(r.Text("slug", 40), r.Text("name", 120), r.TextOrNull("phone", 60), r.TextOrNull("hours"), r.Text("time_zone", 60));
        _ = r.TextOrNull("mail_domain", 120);
        if (msp.TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(msp.TimeZone, out _)) r.Problem("time_zone", $"“{msp.TimeZone}” is not a time zone; write one such as Europe/London.");
        r.Done();
        return msp;
    }

    private static StaffEntry Member(YamlRecord r)
    {
        var member = new StaffEntry(r.Text("key", 40), r.Text("name", 120), r.Text("email", 200), r.TextOrNull("phone", 60),
            r.Choices("roles", ContentNames.StaffRoles).Aggregate(StaffRoles.None, (all, role) => all | role), r.Number("tier", 0, 0, 3), r.AllOr("clients"), r.TextOrNull("title", 120));
        if (member.Roles == StaffRoles.None) r.Problem("roles", "A member of staff needs at least one role.");
        r.Done();
        return member;
    }
}
