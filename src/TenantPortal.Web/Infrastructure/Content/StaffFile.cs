using TenantPortal.Domain.People;

namespace TenantPortal.Web.Infrastructure.Content;

public sealed record MspEntry(string Slug, string Name, string? Phone, string? Hours, string TimeZone);

/// <param name="Clients">Null: all clients; otherwise their slugs.</param>
public sealed record StaffEntry(string Key, string Name, string Email, string? Phone, StaffRoles Roles, int Tier, IReadOnlyList<string>? Clients, string? Title);

/// <param name="People">Keys of staff, the first one first.</param>
public sealed record ShiftEntry(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly Until, IReadOnlyList<string> People);

public sealed record RotaEntry(string Key, string Name, string TimeZone, IReadOnlyList<ShiftEntry> Shifts);

/// <summary>Reads staff.yml: the MSP, its people and their rotas.</summary>
public static class StaffFile
{
    public static (MspEntry Msp, IReadOnlyList<StaffEntry> Staff, IReadOnlyList<RotaEntry> Rotas)? Read(ContentFile file, ContentProblems problems)
    {
        if (YamlTree.ReadMap(file) is not { } map) return null;
        var record = new YamlRecord(file, map);
        var msp = record.Record("msp", required: true) is { } head ? Msp(head) : null;
        var staff = record.Records("staff", required: true).Select(Member).ToList();
        foreach (var twice in staff.GroupBy(s => s.Key).Where(g => g.Count() > 1)) record.Problem("staff", $"The key “{twice.Key}” is there twice.");
        var rotas = record.Records("rotas").Select(r => Rota(r, [.. staff.Select(s => s.Key)])).ToList();
        foreach (var twice in rotas.Select(r => r.Key).Concat(staff.Select(s => s.Key)).Concat(ContentNames.StaffRoles.Keys).GroupBy(k => k).Where(g => g.Count() > 1 && rotas.Exists(r => r.Key == g.Key))) record.Problem("rotas", $"The key “{twice.Key}” is taken already.");
        record.Done();
        return problems.Any || msp is null ? null : (msp, staff, rotas);
    }

    private static RotaEntry Rota(YamlRecord r, HashSet<string> people)
    {
        var rota = new RotaEntry(r.Text("key", 40), r.Text("name", 80), r.Text("time_zone", 60), [.. r.Records("shifts", required: true).Select(s => Shift(s, people))]);
        if (rota.Key.Length > 0 && !ContentNames.IsSlug(rota.Key)) r.Problem("key", $"“{rota.Key}” is not a short name such as network-lead.");
        if (rota.TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(rota.TimeZone, out _)) r.Problem("time_zone", $"“{rota.TimeZone}” is not a time zone; write one such as Europe/London.");
        r.Done();
        return rota;
    }

    private static ShiftEntry Shift(YamlRecord r, HashSet<string> people)
    {
        var shift = new ShiftEntry(r.Choices("days", ContentNames.Days), Time(r, "from"), Time(r, "until"), r.Texts("people", 40));
        if (shift.Days.Count == 0) r.Problem("days", "A shift needs at least one day.");
        if (shift.People.Count == 0) r.Problem("people", "A shift needs at least one person.");
        foreach (var unknown in shift.People.Where(p => !people.Contains(p))) r.Problem("people", $"“{unknown}” is the key of nobody in this file.");
        r.Done();
        return shift;
    }

    private static TimeOnly Time(YamlRecord r, string key)
    {
        if (TimeOnly.TryParseExact(r.Text(key, 5), "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time)) return time;
        r.Problem(key, $"“{key}” must be a time such as 08:30.");
        return default;
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
