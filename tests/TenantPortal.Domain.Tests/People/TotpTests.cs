using TenantPortal.Domain.People;
using Xunit;

namespace TenantPortal.Domain.Tests.People;

/// <summary>The published values of RFC 4226 (appendix D) and RFC 6238 (appendix B, SHA-1), of which six digits are used.</summary>
public sealed class TotpTests
{
    // "12345678901234567890" in base 32
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(3, "969429")]
    [InlineData(4, "338314")]
    [InlineData(5, "254676")]
    [InlineData(6, "287922")]
    [InlineData(7, "162583")]
    [InlineData(8, "399871")]
    [InlineData(9, "520489")]
    public void Each_counter_gives_the_code_of_rfc_4226(long counter, string code) => Assert.Equal(code, Totp.CodeAt(Key, DateTimeOffset.FromUnixTimeSeconds(counter * 30)));

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Each_instant_gives_the_code_of_rfc_6238(long seconds, string code) => Assert.Equal(code, Totp.CodeAt(Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void A_code_is_accepted_one_step_early_or_late_and_no_further()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111109);
        Assert.Equal(37037036, Totp.Accept(Key, "081804", 0, now.AddSeconds(-30)));
        Assert.Equal(37037037, Totp.Accept(Key, "050471", 0, now));
        Assert.Equal(37037037, Totp.Accept(Key, "050 471", 0, now.AddSeconds(60)));
        Assert.Null(Totp.Accept(Key, "050471", 0, now.AddSeconds(120)));
        Assert.Null(Totp.Accept(Key, "050471", 0, now.AddSeconds(-60)));
    }

    [Fact]
    public void A_code_counts_once_and_so_does_every_older_one()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        Assert.NotNull(Totp.Accept(Key, "050471", 37037036, now));
        Assert.Null(Totp.Accept(Key, "050471", 37037037, now));
        Assert.Null(Totp.Accept(Key, "081804", 37037036, now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("05047")]
    [InlineData("0504711")]
    [InlineData("٠٥٠٤٧١")]
    [InlineData("05047O")]
    public void What_is_not_six_digits_is_no_code(string code) => Assert.Null(Totp.Accept(Key, code, 0, DateTimeOffset.FromUnixTimeSeconds(1111111111)));

    [Fact]
    public void New_keys_differ_and_are_what_authenticator_apps_read()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => Totp.NewKey()).ToList();
        Assert.Equal(50, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[A-Z2-7]{32}$", key));
    }
}
