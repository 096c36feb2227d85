using WasmBindgen.Generator.Guests;

namespace WasmBindgen.Generator.Tests;

public sealed class WitVersionTests
{
    [Theory]
    [InlineData("1.0.0", "1")]
    [InlineData("12.3.4+build.05", "12")]
    [InlineData("0.2.12", "0.2")]
    [InlineData("0.0.3", "0.0.3")]
    [InlineData("0.3.0-draft", "0.3.0-draft")]
    [InlineData("2.0.0-rc.1+x", "2.0.0-rc.1")]
    public void The_track_of_a_version(string version, string track)
    {
        Assert.Equal(track, WitVersion.Parse(version)!.Track);
        Assert.Equal(version, WitVersion.Parse(version)!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1.0.0.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.-1")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-a..b")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0+")]
    [InlineData("1.0.0-ä")]
    [InlineData("18446744073709551616.0.0")]
    public void What_is_no_version(string version) => Assert.Null(WitVersion.Parse(version));

    /// <summary>The order of the specification, section 11, and what it leaves open.</summary>
    [Fact]
    public void Versions_are_in_order()
    {
        const string Texts =
            "0.0.1 0.2.0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 "
                + "1.0.0 1.0.0+1 1.0.1 1.1.0 2.0.0 10.0.0";
        WitVersion[] order = [.. Texts.Split(' ').Select(static text => WitVersion.Parse(text)!)];

        Assert.Equal(order, Enumerable.Reverse(order).Order());
    }
}
