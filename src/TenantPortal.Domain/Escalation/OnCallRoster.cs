using System.Globalization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Escalation;

/// <summary>Somebody who can be called, and why it is them.</summary>
public sealed record Callee(StaffId Id, string Name, string Why);

/// <summary>Who answers for a role at one moment: the one on call first, then the next ones; who was passed over and why; a problem where nobody is left.</summary>
public sealed record OnCallAnswer(string Role, IReadOnlyList<Callee> People, IReadOnlyList<string> PassedOver, string? Problem)
{
    public Callee? First => People is [var first, ..] ? first : null;
}

/// <summary>All rotas, stand-ins and times off at one reading. A role is the key of a rota, of a person, or of a right that several people have.</summary>
public sealed record OnCallRoster(IReadOnlyList<Rota> Rotas, IReadOnlyList<StandIn> StandIns, IReadOnlyList<TimeOff> TimesOff, IReadOnlyList<StaffMember> Staff)
{
    /// <param name="client">Only who serves this client is asked; null: whoever it is.</param>
    public OnCallAnswer For(string role, TenantId? client, DateTimeOffset at)
    {
        if (Rotas.FirstOrDefault(r => r.Key == role) is { } rota) return Sift(rota.Name, OnRota(rota, at), Uncovered(rota, at), client, at);
        if (Staff.FirstOrDefault(s => s.Key == role) is { } person) return Sift(person.Name, [(person.Id, "named")], "", client, at);
        if (RightOf(role) is { } right)
            return Sift(role.Replace('-', ' '), Staff.Where(s => (s.Roles & right) != StaffRoles.None && s.IsActive).OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => (s.Id, $"{role.Replace('-', ' ')}, and no rota says more")), "", client, at);
        return new(role, [], [], $"“{role}” is no rota, no right and nobody’s name.");
    }

    /// <summary>Everybody who may be called, role after role, each person once.</summary>
    public IReadOnlyList<Callee> Ladder(IEnumerable<string> roles, TenantId client, DateTimeOffset at) =>
        [.. roles.Distinct(StringComparer.Ordinal).SelectMany(role => For(role, client, at).People).DistinctBy(p => p.Id)];

    public bool Knows(string role) => Rotas.Any(r => r.Key == role) || Staff.Any(s => s.Key == role && s.IsActive) || RightOf(role) is not null;

    /// <summary>The name of a right as clauses write it (service-lead).</summary>
    public static StaffRoles? RightOf(string role) =>
        role.Length > 0 && char.IsAsciiLetter(role[0]) && Enum.TryParse<StaffRoles>(role.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var right) && right != StaffRoles.None && Enum.IsDefined(right) ? right : null;

    private IEnumerable<(StaffId, string)> OnRota(Rota rota, DateTimeOffset at)
    {
        var wall = Wall(rota, at);
        foreach (var standIn in StandIns.Where(s => s.RotaId == rota.Id && s.FromAt <= at && at < s.UntilAt).OrderByDescending(s => s.MadeAt))
            yield return (standIn.StaffId, $"stands in on {rota.Name} until {Said(rota, standIn.UntilAt)}{(standIn.Why is { Length: > 0 } why ? $" ({why})" : "")}, by {standIn.ByName}");
        foreach (var shift in rota.Shifts.Where(s => s.Covers(wall)))
            foreach (var (person, place) in shift.People.Select((p, i) => (p, i))) yield return (person, $"{rota.Name} {ShiftWords.Of(shift)}{(place == 0 ? "" : $", number {place + 1}")}");
    }

    private OnCallAnswer Sift(string role, IEnumerable<(StaffId Id, string Why)> asked, string uncovered, TenantId? client, DateTimeOffset at)
    {
        var (people, passed) = (new List<Callee>(), new List<string>());
        foreach (var (id, why) in asked.DistinctBy(a => a.Id))
        {
            if (Staff.FirstOrDefault(s => s.Id == id) is not { } person) continue;
            if (!person.IsActive) passed.Add($"{person.Name} has no account any more");
            else if (client is { } served && !person.Serves(served)) passed.Add($"{person.Name} does not serve this client");
            else if (TimesOff.FirstOrDefault(t => t.StaffId == id && t.FromAt <= at && at < t.UntilAt) is { } off) passed.Add($"{person.Name} is away until {off.UntilAt.UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)} UTC");
            else people.Add(new(id, person.Name, why));
        }
        if (people.Count > 0) return new(role, people, passed, null);
        return new(role, [], passed, passed.Count > 0 ? $"Nobody answers for {role}: {string.Join("; ", passed)}." : $"Nobody answers for {role}{uncovered}.");
    }

    private static string Uncovered(Rota rota, DateTimeOffset at) => rota.Shifts.Count == 0 ? ": its rota is empty" : $": no shift covers {Wall(rota, at).ToString("dddd HH:mm", CultureInfo.InvariantCulture)}";

    private static DateTime Wall(Rota rota, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(rota.TimeZone)).DateTime;

    private static string Said(Rota rota, DateTimeOffset at) => Wall(rota, at).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
}
