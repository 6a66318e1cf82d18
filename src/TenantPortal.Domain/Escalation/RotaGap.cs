namespace TenantPortal.Domain.Escalation;

/// <summary>A stretch of time in which nobody is on call for a role, and why.</summary>
public sealed record RotaGap(Rota Rota, DateTimeOffset From, DateTimeOffset Until, string Why)
{
    /// <summary>The gaps of one rota between two instants, in order. Who is on call changes only where a shift, a stand-in or a time off begins or ends, so only these moments are looked at.</summary>
    public static IReadOnlyList<RotaGap> Of(OnCallRoster roster, Rota rota, DateTimeOffset from, DateTimeOffset until)
    {
        var moments = Moments(roster, rota, from, until).Append(from).Where(m => m >= from && m < until).Distinct().Order().ToList();
        var gaps = new List<RotaGap>();
        for (var i = 0; i < moments.Count; i++)
        {
            if (roster.For(rota.Key, null, moments[i]).Problem is not { } why) continue;
            var end = i + 1 < moments.Count ? moments[i + 1] : until;
            if (gaps is [.., var last] && last.Until == moments[i]) gaps[^1] = last with { Until = end };
            else gaps.Add(new(rota, moments[i], end, why));
        }
        return gaps;
    }

    /// <summary>Who is on call from when on, each change once; the first is the one that holds at the start.</summary>
    public static IEnumerable<(DateTimeOffset At, OnCallAnswer Answer)> Turns(OnCallRoster roster, Rota rota, DateTimeOffset from, DateTimeOffset until)
    {
        OnCallAnswer? last = null;
        foreach (var moment in Moments(roster, rota, from, until).Append(from).Where(m => m >= from && m < until).Distinct().Order())
        {
            var answer = roster.For(rota.Key, null, moment);
            if (last is not null && last.People.Select(p => p.Id).SequenceEqual(answer.People.Select(p => p.Id)) && last.First?.Why == answer.First?.Why) continue;
            last = answer;
            if (rota.Shifts.Count > 0 || answer.First is not null) yield return (moment, answer);
        }
    }

    private static IEnumerable<DateTimeOffset> Moments(OnCallRoster roster, Rota rota, DateTimeOffset from, DateTimeOffset until)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(rota.TimeZone);
        for (var day = TimeZoneInfo.ConvertTime(from, zone).Date.AddDays(-1); day <= TimeZoneInfo.ConvertTime(until, zone).Date; day = day.AddDays(1))
            foreach (var time in rota.Shifts.SelectMany(s => new[] { s.From, s.Until, TimeOnly.MinValue }).Distinct()) yield return Instant(day + time.ToTimeSpan(), zone);
        foreach (var standIn in roster.StandIns.Where(s => s.RotaId == rota.Id)) { yield return standIn.FromAt; yield return standIn.UntilAt; }
        foreach (var off in roster.TimesOff) { yield return off.FromAt; yield return off.UntilAt; }
    }

    // an hour that is skipped begins where it would have begun
    private static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone) => new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
}
