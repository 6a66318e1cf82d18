using Npgsql;

namespace TenantPortal.Bench.Pages;

/// <summary>Copies the portal's tickets, their words, people and due times into the floor's two tables.</summary>
internal static class FloorSeed
{
    public static async Task RunAsync(string portalOwner, string floor, CancellationToken cancel)
    {
        await Cluster.SqlAsync(floor, await File.ReadAllTextAsync(Path.Combine(Places.Floor, "schema.sql"), cancel));
        await using var from = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(portalOwner) { Pooling = false });
        await using var portal = await from.OpenConnectionAsync(cancel);
        await using (var all = new NpgsqlCommand("select set_config('app.all', '1', false)", portal)) await all.ExecuteNonQueryAsync(cancel);
        await using var to = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(floor) { Pooling = false });
        await using var target = await to.OpenConnectionAsync(cancel);
        await CopyAsync(portal, target,
            """
            select t.subject, m.text, c.email, 1::smallint, t.priority::smallint, t.due_at, t.opened_at
            from ticket t join contact c on (c.tenant_id, c.id) = (t.tenant_id, t.contact_id) join ticket_message m on m.tenant_id = t.tenant_id and m.ticket_id = t.id and m.number = 1
            order by t.opened_at
            """, "copy ticket (subject, body, email, status, prio, due, created) from stdin (format binary)", cancel);
        await Cluster.SqlAsync(floor, "create unlogged table reply (subject text, number integer, author text, body text, created timestamptz)");
        await CopyAsync(portal, target,
            "select t.subject, m.number, m.author_name, m.text, m.at from ticket_message m join ticket t on (t.tenant_id, t.id) = (m.tenant_id, m.ticket_id) where m.number > 1 order by m.number",
            "copy reply from stdin (format binary)", cancel);
        await Cluster.SqlAsync(floor, "insert into message (ticket_id, author, body, created) select t.id, r.author, r.body, r.created from reply r join ticket t using (subject) order by r.number", "drop table reply", "vacuum analyze");
    }

    private static async Task CopyAsync(NpgsqlConnection portal, NpgsqlConnection floor, string select, string copy, CancellationToken cancel)
    {
        await using var rows = await portal.BeginRawBinaryCopyAsync($"copy ({select}) to stdout (format binary)", cancel);
        await using var target = await floor.BeginRawBinaryCopyAsync(copy, cancel);
        await rows.CopyToAsync(target, cancel);
    }
}
