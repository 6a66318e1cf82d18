#pragma warning disable RS0030 // raw SQL: jobs are leased with skip locked, which EF cannot say
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Claims, ends and returns heads of work. Whoever holds the lease token may end a head; a finisher whose lease has gone to another is refused.</summary>
public sealed class JobHeads(NpgsqlDataSource database)
{
    // every client's oldest head comes before any client's second; where more is due than four turns take, the due index is walked from client to client
    // "coalesce" keeps the planner from the indexes of open heads, which it takes for empty after a quiet time: a head that is known is found by its id
    private const string Claim = """
        with recursive due as materialized (
          select id, tenant_id, due_at from job
          where done_at is null and dead_at is null and due_at <= $1 and (lease_until is null or lease_until <= $1) and kind = any($2)
          order by due_at limit 4 * $3 + 1
        ), crowd (is_here) as materialized (
          select count(*) > 4 * $3 from due
        ), owner (id) as (
          (select tenant_id from job where (select is_here from crowd) and done_at is null and dead_at is null order by tenant_id limit 1)
          union all
          select (select j.tenant_id from job j where j.done_at is null and j.dead_at is null and j.tenant_id > owner.id order by j.tenant_id limit 1) from owner where owner.id is not null
        ), turn as materialized (
          select id, due_at, row_number() over (partition by tenant_id order by due_at, id) number from due where not (select is_here from crowd)
          union all
          (select head.id, head.due_at, head.number from owner cross join lateral (
            select id, due_at, row_number() over (order by due_at, id) number from job
            where tenant_id = owner.id and done_at is null and dead_at is null and due_at <= $1 and (lease_until is null or lease_until <= $1) and kind = any($2)
            order by due_at, id limit 4 * $3) head
          order by head.number, head.due_at limit 4 * $3)
        ), free as (
          select locked.id from (select id from turn order by number, due_at) next cross join lateral (
            select j.id from job j where j.id = next.id and coalesce(j.done_at, j.dead_at) is null and (j.lease_until is null or j.lease_until <= $1) for update skip locked) locked
          limit $3)
        update job set lease_until = $4, lease_token = gen_random_uuid(), attempts = attempts + 1 from free where job.id = free.id
        returning job.id, job.tenant_id, job.kind, job.ref_id, job.number, job.due_at, job.created_at, job.attempts, job.lease_until, job.lease_token
        """;

    // a turn that a crash of the database takes back is claimed, or ended, once more: its commit need not be waited for
    private const string Lightly = "select set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    private const string Finish = """
        update job set done_at = $3, lease_until = null from unnest($1, $2) as ended (id, token)
        where job.id = ended.id and job.lease_token = ended.token and coalesce(job.done_at, job.dead_at) is null returning job.id
        """;

    /// <summary>Ends heads that were run and claims others, in one round trip; with room for none it only ends. What is not among the ended had its lease gone to another: that run did not count.</summary>
    public async Task<(IReadOnlySet<Guid> Ended, List<Job> Claimed)> TurnAsync(IReadOnlyList<Job> run, string[] kinds, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancel)
    {
        var (ended, claimed) = (new HashSet<Guid>(), new List<Job>());
        if (run.Count == 0 && most == 0) return (ended, claimed);
        await using var batch = database.CreateBatch();
        Add(batch, Lightly);
        if (run.Count > 0) Add(batch, Finish, run.Select(j => j.Id).ToArray(), run.Select(j => j.LeaseToken!.Value).ToArray(), now.ToUniversalTime());
        if (most > 0) Add(batch, Claim, now.ToUniversalTime(), kinds, most, (now + lease).ToUniversalTime());
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        if (run.Count > 0)
        {
            while (await reader.ReadAsync(cancel)) ended.Add(reader.GetGuid(0));
            await reader.NextResultAsync(cancel);
        }
        while (most > 0 && await reader.ReadAsync(cancel)) claimed.Add(Read(reader));
        return (ended, claimed);
    }

    public async Task<List<Job>> ClaimAsync(string[] kinds, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancel) => (await TurnAsync([], kinds, most, now, lease, cancel)).Claimed;

    /// <summary>False when the lease has gone to another: then this run did not count.</summary>
    public async Task<bool> FinishAsync(Job job, DateTimeOffset now, CancellationToken cancel) => (await TurnAsync([job], [], 0, now, TimeSpan.Zero, cancel)).Ended.Contains(job.Id);

    /// <summary>Lets the head wait until the given moment.</summary>
    public Task<bool> PostponeAsync(Job job, DateTimeOffset until, CancellationToken cancel) => EndAsync(job, "lease_until = $3, lease_token = null", until, cancel);

    /// <summary>No more tries; the row stays for a person to see.</summary>
    public Task<bool> BuryAsync(Job job, DateTimeOffset now, CancellationToken cancel) => EndAsync(job, "dead_at = $3, lease_until = null", now, cancel);

    /// <summary>Gives an interrupted head back at once, as if it had not been tried.</summary>
    public Task<bool> ReturnAsync(Job job, DateTimeOffset now, CancellationToken cancel) => EndAsync(job, "lease_until = $3, lease_token = null, attempts = attempts - 1", now, cancel);

    /// <summary>Work that nobody will try again, and when the oldest that is due and in nobody's hands was due.</summary>
    public async Task<(long Dead, DateTimeOffset? OldestDue)> HealthAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = Command("select (select count(*) from job where dead_at is not null), (select min(due_at) from job where done_at is null and dead_at is null and due_at <= $1 and (lease_until is null or lease_until <= $1))", now.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    public async Task ForgetAsync(DateTimeOffset doneBefore, CancellationToken cancel)
    {
        await using var command = Command("delete from job where id in (select id from job where done_at < $1 limit 10000)", doneBefore.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<bool> EndAsync(Job job, string change, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = Command($"update job set {change} where id = $1 and lease_token = $2 and done_at is null and dead_at is null", job.Id, job.LeaseToken!.Value, at.ToUniversalTime());
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }

    private static Job Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), TenantId = new TenantId(row.GetGuid(1)), Kind = row.GetString(2), RefId = row.IsDBNull(3) ? null : row.GetGuid(3), Number = row.IsDBNull(4) ? null : row.GetInt64(4),
        DueAt = row.GetFieldValue<DateTimeOffset>(5), CreatedAt = row.GetFieldValue<DateTimeOffset>(6), Attempts = row.GetInt32(7), LeaseUntil = row.GetFieldValue<DateTimeOffset>(8), LeaseToken = row.GetGuid(9),
    };
}
