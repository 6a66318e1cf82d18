using Npgsql;

namespace TenantPortal.Web.Tests.Tenancy;

/// <summary>The program refuses to start where the walls would not hold, and says which setting is wrong.</summary>
public sealed class StartTests(Portal portal) : IClassFixture<Portal>
{
    private static string Refusal(string settings, params (string Key, string Value)[] more)
    {
        var key = Path.GetTempFileName();
        File.WriteAllBytes(key, new byte[32]);
        var args = new List<string> { $"--PORTAL_DB={settings}", $"--PORTAL_KEY_FILE={key}", "--urls=http://127.0.0.1:0" };
        args.AddRange(more.Select(m => $"--{m.Key}={m.Value}"));
        try
        {
            return Assert.Throws<InvalidOperationException>(() =>
            {
                using var app = (IDisposable)PortalApp.Build([.. args]);
                PortalApp.PrepareAsync((Microsoft.AspNetCore.Builder.WebApplication)app, CancellationToken.None).GetAwaiter().GetResult();
            }).Message;
        }
        finally { File.Delete(key); }
    }

    private async Task<string> RoleAsync(string options, string? then = null)
    {
        var name = $"probe_{Guid.NewGuid():n}";
        await Server.SuperAsync($"create role {name} login password 'probe' {options}");
        if (then is not null) await Server.SuperAsync(then.Replace("ROLE", name, StringComparison.Ordinal));
        return new NpgsqlConnectionStringBuilder(portal.App) { Username = name, Password = "probe" }.ConnectionString;
    }

    [Fact]
    public async Task A_superuser_is_refused() => Assert.Contains("is a superuser", Refusal(await RoleAsync("superuser")), StringComparison.Ordinal);

    [Fact]
    public async Task A_role_that_may_bypass_policies_is_refused() => Assert.Contains("may bypass row-level security", Refusal(await RoleAsync("bypassrls")), StringComparison.Ordinal);

    [Fact]
    public async Task A_member_of_a_role_that_may_bypass_is_refused() =>
        Assert.Contains("is a member of", Refusal(await RoleAsync("noinherit", "create role bypass_ROLE bypassrls; grant bypass_ROLE to ROLE")), StringComparison.Ordinal);

    [Fact]
    public void The_owner_of_the_tables_is_refused() => Assert.Contains("owns the table", Refusal(portal.Owner), StringComparison.Ordinal);

    [Fact]
    public void A_connection_that_is_not_reset_is_refused() => Assert.Contains("No Reset On Close", Refusal(portal.App + ";No Reset On Close=true"), StringComparison.Ordinal);

    [Fact]
    public void Another_key_than_the_databases_is_refused() => Assert.Contains("PORTAL_KEY_FILE holds another key", Refusal(portal.App), StringComparison.Ordinal);

    [Theory]
    [InlineData("PORTAL_URL", "help.example.com", "PORTAL_URL")]
    [InlineData("PORTAL_SILENT_MINUTES", "soon", "PORTAL_SILENT_MINUTES")]
    [InlineData("PORTAL_CONTENT", "/nowhere/at/all", "PORTAL_CONTENT")]
    [InlineData("PORTAL_URL", "https://help.example.com/portal", "PORTAL_URL")]
    [InlineData("PORTAL_URL", "ftp://help.example.com", "PORTAL_URL")]
    [InlineData("PORTAL_SILENT_MINUTES", "0", "PORTAL_SILENT_MINUTES")]
    [InlineData("PORTAL_PROXIES", "10.0.0.5, proxy.internal", "PORTAL_PROXIES holds proxy.internal")]
    [InlineData("PORTAL_PROXIES", "10.0.0.0/33", "PORTAL_PROXIES holds 10.0.0.0/33")]
    [InlineData("PORTAL_SILENT_MINUTES", "9999999999", "PORTAL_SILENT_MINUTES")]
    [InlineData("PORTAL_CONTENT", "/tmp", "PORTAL_CONTENT names /tmp, which has no folder mail")]
    [InlineData("PORTAL_THEMES", "/nowhere/at/all", "PORTAL_THEMES")]
    [InlineData("PORTAL_THEMES", "/tmp", "PORTAL_THEMES names /tmp, which has no folder default")]
    [InlineData("PORTAL_MAIL_FOLDER", "/proc/mail", "PORTAL_MAIL_FOLDER names /proc/mail, which cannot be written")]
    [InlineData("PORTAL_MAIL_FROM", "not an address", "PORTAL_MAIL_FROM")]
    [InlineData("PORTAL_DEMO", "yes", "PORTAL_DEMO is yes; write 1 or 0")]
    [InlineData("PORTAL_KEY_FILE", "", "PORTAL_KEY_FILE is not set")]
    [InlineData("PORTAL_KEY_FILE", "/nowhere/at/all", "PORTAL_KEY_FILE names /nowhere/at/all, which does not exist")]
    [InlineData("PORTAL_KEY_FILE", "/etc/hostname", "PORTAL_KEY_FILE names a file of")]
    [InlineData("PORTAL_KEY_FILE", "/tmp", "PORTAL_KEY_FILE")]
    [InlineData("PORTAL_DB", "", "PORTAL_DB is not set")]
    [InlineData("PORTAL_DB", "Host=127.0.0.1;Multiplexing=true", "PORTAL_DB sets Multiplexing")]
    [InlineData("PORTAL_DB", "Host=127.0.0.1;Port=many", "PORTAL_DB")]
    [InlineData("PORTAL_DB", "this is not one", "PORTAL_DB")]
    [InlineData("PORTAL_DB", "Host=127.0.0.1;Port=1;Database=x;Username=y;Password=z", "PORTAL_DB: the database cannot be reached")]
    public void A_wrong_setting_stops_the_start_and_is_named(string setting, string value, string said) => Assert.Contains(said, Refusal(portal.App, (setting, value)), StringComparison.Ordinal);

    [Fact]
    public void The_demo_is_refused_on_a_public_address() => Assert.Contains("PORTAL_DEMO", Refusal(portal.App, ("PORTAL_DEMO", "1"), ("PORTAL_URL", "https://help.example.com")), StringComparison.Ordinal);

    [Fact]
    public async Task A_schema_older_than_the_program_is_refused()
    {
        await Server.SqlAsync(portal.Owner, "alter table schema_migration rename column name to kept; alter table schema_migration add name text; update schema_migration set name = kept where kept not like '%0004%'");
        try { Assert.Contains("older than this program", Refusal(portal.App), StringComparison.Ordinal); }
        finally { await Server.SqlAsync(portal.Owner, "alter table schema_migration drop column name; alter table schema_migration rename column kept to name"); }
    }

    [Fact]
    public async Task A_schema_from_before_the_program_looked_at_it_is_refused_in_the_same_words()
    {
        await Server.SqlAsync(portal.Owner, "revoke select on schema_migration from portal_app");
        try { Assert.Contains("older than this program", Refusal(portal.App), StringComparison.Ordinal); }
        finally { await Server.SqlAsync(portal.Owner, "grant select on schema_migration to portal_app"); }
    }
}
