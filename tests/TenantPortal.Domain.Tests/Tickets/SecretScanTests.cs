using System.Diagnostics;
using System.Text;
using TenantPortal.Domain.Tickets.Secrets;
using Xunit;

namespace TenantPortal.Domain.Tests.Tickets;

/// <summary>What is a credential and what only looks like one. The samples are put together here, so that no scanner takes this file for a leak.</summary>
public sealed class SecretScanTests
{
    private const string Mixed = "aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cF3hJ6lM9oR2uX5";

    private static string Run(int length, string of = Mixed) => string.Concat(Enumerable.Range(0, length).Select(i => of[i % of.Length]));

    /// <summary>A sentence with one credential in angle marks.</summary>
    public static TheoryData<string> Given() =>
    [
        $"The key is «AK{"IA"}{Run(16, "QWERTY2345UIOP67")}» if you need it",
        $"aws_secret_access_key = «{Run(40)}»",
        $"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=«{Run(44)}==»;EndpointSuffix=core.windows.net",
        $"Endpoint=sb://shop.example/;SharedAccessKeyName=root;SharedAccessKey=«{Run(43)}=»",
        $"https://shop.blob.example/f?sv=2022-11-02&sig=«{Run(42)}%3D»&se=2026",
        $"the app registration's value: «abc8{"Q~"}{Run(34)}»",
        $"«AI{"za"}{Run(35)}» is the maps key", $"«GOC{"SPX"}-{Run(28)}»",
        $"token «gh{"p_"}{Run(36)}» no longer works", $"«github{"_pat_"}{Run(22)}_{Run(40)}»", $"«gl{"pat"}-{Run(20)}»",
        $"«xox{"b"}-2345678901-2345678901-{Run(24)}»", $"post to https://hooks.slack.com/services/«T0AB12CD3/B0EF45GH6/{Run(24)}»",
        $"«sk_{"live"}_{Run(24)}»", $"«rk_{"test"}_{Run(24)}»", $"«wh{"sec"}_{Run(32)}»",
        $"OPENAI_API_KEY=«sk-{"proj"}-{Run(48)}»", $"«sk-{"ant"}-api03-{Run(60)}»", $"«SK{Run(32, "0a1b2c3d4e5f6789")}» from Twilio", $"«np{"m_"}{Run(36)}»", $"«SG.{Run(22)}.{Run(43)}»", $"«hf_{Run(34)}»",
        $"Authorization: Bearer «ey{"J"}{Run(20)}.ey{"J"}{Run(40)}.{Run(43)}»",
        $"before\n«-----BEGIN RSA {"PRIVATE"} KEY-----\n{Run(64)}\n{Run(64)}\n-----END RSA {"PRIVATE"} KEY-----»\nafter",
        $"«-----BEGIN OPENSSH {"PRIVATE"} KEY-----\n{Run(64)}\n{Run(30)}»",
        "clone https://anna:«Blue-Horse-77»@git.example/shop.git", "amqp://shop:«s3cret!»@10.0.0.4:5672/live", "ftp://anna:«p@ss:w0rd»@files.example",
        "my password is «Sommer2024!»", "Password: «BlueHorse77»", "password is «Sonnenblume».", "The password for the finance share is «Blue-Horse-77».", "pw: «hunter22»", "pwd=«hunter2»;server=db", "PASSWORD=«correcthorse»",
        "I changed my password to «Winter!2026» and now it locks me out", "I reset her password to \"«sonnenblume»\" this morning", "the wifi password: «gu3stgu3st»", "the password is \"«open sesame 1»\"".Replace(" sesame 1", "-sesame", StringComparison.Ordinal),
        "user: anna\npass: «Blue!77»", "login: admin / «Sommer2024!»", "Credentials: admin/«P4ssw0rd#»", "password «Sommer2024!» does not work", "net use with --password «hunter22»", "sqlcmd -P x -U sa; Server=db;User Id=sa;Password=«S3rver!Pass»;Encrypt=true",
        "{\"user\": \"anna\", \"password\": \"«Blue!77horse»\"}", "<password>«Blue!77horse»</password>", "Passwort: «Sommer2024»", "mein Passwort ist «Sommer-2024»", "spring.datasource.password=«s3cretvalue»", "DB_PASSWORD: «s3cretvalue»", "clientSecret: «aB3dE6gH9jK2mN5p»", "api key: «aB3dE6gH9jK2»", "API_KEY=«aB3dE6gH9jK2mN»",
        "The PIN is «4821»", "PIN: «48213»", "her verification code is «482913»", "door code: «4471»", "the wifi key is «aB3dE6gH9jK2mN5pQ8»",
        "BitLocker: «123456-234567-345678-456789-567890-678901-789012-890123»",
        "Password\n: «Blue!77horse»", "Password:\n«Sommer2024»", "**Password:** «BlueHorse77»", "the password (temporary) is «Welcome1»", "His new password for Outlook is now «Tuesday-99».",
    ];

    public static TheoryData<string> Harmless() =>
    [
        "my password is expired", "My password is not working since Monday", "The password is wrong every time", "password is required", "I forgot my password.", "Password: forgotten", "password reset link is https://id.example/reset?x=1", "The password policy is 12 characters", "Password expiry is 2024-11-01",
        "I changed my password and the error is AADSTS50126", "After the password change Outlook asks again and again", "The password prompt is back after KB5034441", "password: ********", "Password: <your password>", "password=${DB_PASSWORD}", "password: %PASS%", "password is xxxxxxxx",
        "It asks for a PIN and then nothing", "The pin is broken off the plug", "pin 3 of the cable is bent", "error code: 0x80070005", "Error code is 0x800704cf", "code 43 in device manager", "The postcode: 48213", "token is invalid", "The security token expired at 10:30", "Kerberos token size is 48000 bytes",
        "key: Windows + L", "The key is stuck", "Keyboard key F12 is missing", "login: anna@acorn.example", "Login: https://portal.example/login", "user: anna.mill", "Users: Anna / Ben2", "https://anna@git.example/shop.git", "http://10.0.0.4:8080/status@home", "mailto:anna:x",
        "sk-learn and scikit", "The ghp_ prefix means GitHub", "AKIA is how keys begin", "eyJ is the start of JSON in base64", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "see page 8Q~ of the manual",
        "here are my login/password details", "log in with --password --port 5432", "SUBSCRIPTION_PORTAL_TOKEN CUSTOMER_PORTAL_URL", "password manager is 1Password", "Bypass is 12 mm", "The pass is valid until 31.12.2026", "boarding pass: gate A12", "The compass: north", "secret santa is on 12/12", "It is no secret: the printer is old", "my password isn't accepted any more", "password was changed yesterday", "what is the password for guest wifi?", "Can you tell me the password to the share?",
        "I need a password for the new starter", "password for jsmith42 is not accepted", "access code is needed", "The door code does not work", "[hidden password 4F2A1C]", "ticket ACO-1042 and asset LT-ACORN-01", "SKU SK4711", "Meeting ID: 982 4471 2213", "serial number 5CD2341XYZ", "IPv6 fe80::1", "order 123456-234567",
    ];

    [Theory, MemberData(nameof(Given))]
    public void A_credential_is_found_whole(string sample)
    {
        var (text, expected) = (sample.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), sample[(sample.IndexOf('«', StringComparison.Ordinal) + 1)..sample.IndexOf('»', StringComparison.Ordinal)]);
        var found = Assert.Single(SecretScan.In(text));
        Assert.Equal(expected, text.Substring(found.Start, found.Length));
    }

    [Theory, MemberData(nameof(Harmless))]
    public void What_only_looks_like_one_stays(string text) => Assert.Empty(SecretScan.In(text).Select(f => text.Substring(f.Start, f.Length)));

    [Fact]
    public void Masks_are_one_for_the_same_credential_and_cover_nothing_twice()
    {
        var cover = new SecretCover();
        var covered = cover.Cover("my password is Sommer2024! and again: password: Sommer2024!");
        var secret = Assert.Single(cover.Found);
        Assert.Equal($"my password is {SecretCover.Mask(secret)} and again: password: {SecretCover.Mask(secret)}", covered);
        Assert.Equal(covered, cover.Cover(covered));
    }

    [Fact]
    public void Put_together_at_random_nothing_readable_is_left_and_the_words_come_back()
    {
        var random = new Random(20_261_122);
        var given = Given().Select(d => d.Data).ToArray();
        var harmless = Harmless().Select(d => d.Data).ToArray();
        for (var run = 0; run < 2_000; run++)
        {
            var (text, plain) = (new StringBuilder(), new List<string>());
            for (var parts = random.Next(1, 6); parts > 0; parts--)
            {
                var sample = random.Next(2) == 0 ? given[random.Next(given.Length)] : harmless[random.Next(harmless.Length)];
                if (sample.Contains('«', StringComparison.Ordinal)) plain.Add(sample[(sample.IndexOf('«', StringComparison.Ordinal) + 1)..sample.IndexOf('»', StringComparison.Ordinal)]);
                text.Append(sample.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)).Append("\n\n");
            }
            var cover = new SecretCover();
            var covered = cover.Cover(text.ToString());
            foreach (var secret in plain) Assert.False(secret.Length > 7 && covered.Contains(secret, StringComparison.Ordinal), $"{secret} is still in: {covered}");
            Assert.Equal(covered, new SecretCover().Cover(covered));
            Assert.Equal(text.ToString(), cover.Found.Aggregate(covered, (words, secret) => words.Replace(SecretCover.Mask(secret), secret.Plain, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("eyJ"), InlineData("sk-"), InlineData("password "), InlineData("password is "), InlineData("://a:"), InlineData("-----BEGIN "), InlineData("-----BEGIN PRIVATE KEY "), InlineData("pass: \""), InlineData("8Q~"), InlineData("sig="), InlineData("user: a/"), InlineData("123456-"), InlineData("token=token:")]
    public void Hostile_texts_cost_no_more_than_their_length(string part)
    {
        // four times the text at most some seven times the time, however busy the machine is; twice over would be sixteen
        TimeSpan Best(int length)
        {
            var text = string.Concat(Enumerable.Repeat(part, length / part.Length));
            return Enumerable.Range(0, 5).Select(_ => { var watch = Stopwatch.StartNew(); SecretScan.In(text); return watch.Elapsed; }).Min();
        }
        Best(1_000);
        var (small, large) = (Best(40_000), Best(160_000));
        Assert.True(large < small * 7 + TimeSpan.FromMilliseconds(40), $"{small.TotalMilliseconds} ms for 40,000 characters, {large.TotalMilliseconds} ms for 160,000");
    }
}
