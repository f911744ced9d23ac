package io.velesdb.index.text;

import io.velesdb.TextLanguage;
import java.util.Arrays;
import java.util.List;

/** The words of a language that stand in almost every text: articles, pronouns, prepositions, auxiliaries. */
final class StopWords {
    private static final String ENGLISH =
            "a about above after again against all am an and any are as at be because been before"
                    + " being below between both but by can cannot could did do does doing down during each few for from further had"
                    + " has have having he her here hers herself him himself his how i if in into is it its itself me more most my"
                    + " myself no nor not of off on once only or other our ours ourselves out over own same she should so some such"
                    + " than that the their theirs them themselves then there these they this those through to too under until up very"
                    + " was we were what when where which while who whom why will with would you your yours yourself yourselves";

    private static final String FRENCH =
            "à ai aie aient aies ait alors as au aucun aura aurai auraient aurais aurait auras"
                    + " aurez auriez aurions aurons auront aussi autre aux avaient avais avait avec avez aviez avions avoir avons ayant"
                    + " car ce cela celle celles celui ces cet cette ceux chaque ci comme comment dans de des donc dont du elle elles"
                    + " en encore entre es est et étaient étais était étant été êtes étiez étions être eu eux fait fut hors ici il ils je"
                    + " jusque la là le les leur leurs lors lui ma mais me même mes mien moi moins mon ne ni nos notre nous on ont ou où"
                    + " par parce pas pendant peu plus pour pourquoi quand que quel quelle quelles quels qui quoi sa sans se sera serai"
                    + " seraient serais serait seras serez seront ses si sien sinon soi soient sois soit sommes son sont sous suis sur"
                    + " ta te tes toi ton tous tout toute toutes très tu un une vers voici voilà vos votre vous y";

    private static final String GERMAN = "aber alle allem allen aller alles als also am an ander andere anderem anderen"
            + " anderer anderes auch auf aus bei beim bin bis bist da damit dann das dass dasselbe dazu dein deine deinem deinen"
            + " deiner dem demselben den denn denselben der derer derselbe des desselben dich die dies diese dieselbe dieselben"
            + " diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einig einige einigem einigen"
            + " einiger einiges er es etwas euch euer eure eurem euren eurer für gegen gewesen hab habe haben hat hatte hatten"
            + " hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist jede jedem jeden jeder jedes"
            + " jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner können könnte machen man manche manchem"
            + " manchen mancher mein meine meinem meinen meiner mich mir mit muss musste nach nicht nichts noch nun nur ob oder"
            + " ohne sehr sein seine seinem seinen seiner selbst sich sie sind so solche solchem solchen solcher soll sollte"
            + " sondern sonst über um und uns unser unsere unserem unseren unserer unter viel vom von vor während war waren"
            + " warst was weg weil weiter welche welchem welchen welcher wenn werde werden wie wieder will wir wird wirst wo"
            + " wollen wollte würde würden zu zum zur zwar zwischen";

    private static final String SPANISH =
            "a al algo algunas algunos ante antes aquel aquella aquellas aquellos aquí así aunque"
                    + " bajo bien cada como cómo con contra cual cuál cuando cuándo de del desde donde dónde durante e el él ella ellas"
                    + " ellos en entre era eran eras eres es esa esas ese eso esos esta está estaba estaban estado están estar estas"
                    + " este esto estos estoy fue fueron fui ha había habían haber han has hasta hay he hemos la las le les lo los más me"
                    + " mi mí mis mientras mucho muchos muy nada ni no nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra"
                    + " otras otro otros para pero poco por porque pues que qué quien quién quienes se sea sean según ser será sería si"
                    + " sí sido sin sobre sois somos son soy su sus suya suyas suyo suyos también tan tanto te tener tengo ti tiene"
                    + " tienen todo todos tras tu tú tus un una unas uno unos vosotras vosotros vuestra vuestras vuestro vuestros y ya yo";

    private StopWords() {}

    /** The words, folded by case. */
    static List<String> of(TextLanguage language) {
        String words = switch (language) {
            case ENGLISH -> ENGLISH;
            case FRENCH -> FRENCH;
            case GERMAN -> GERMAN;
            case SPANISH -> SPANISH;
        };
        return Arrays.asList(words.split(" "));
    }
}
